//! Whether the data folder can be used, and how much room its disk has.

use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, Uid, User, access};

use super::finding::Finding;

const CHECK: &str = "data";
/// The homeserver refuses writes below this much (`OpenOptions::RESERVE_BYTES`). Unit: bytes.
pub const ROOM_NEEDED: u64 = 256 << 20;
/// Below this much somebody should look: a day of photographs. Unit: bytes.
const ROOM_WANTED: u64 = 2 << 30;
/// What a group and everybody may do with a folder.
const NOT_OWNER: u32 = 0o077;

/// What was found.
#[derive(Debug, Clone)]
pub struct Facts {
    pub path: PathBuf,
    pub state: State,
    /// Free for this user. Unit: bytes. `None`: the system does not say.
    pub room: Option<u64>,
}

impl Facts {
    /// Whether the disk takes anything more.
    pub fn has_room(&self) -> bool {
        self.room.is_none_or(|room| room >= ROOM_NEEDED)
    }
}

/// How the folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none yet; whether it can be made.
    Absent { can_be_made: bool },
    /// Something else has its name.
    NoFolder,
    /// It is there.
    There {
        access: Access,
        /// Whose it is; `None`: this user's.
        owner: Option<String>,
        mode: u32,
    },
    /// It cannot be looked at.
    Closed(String),
}

/// What this user may do in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    Full,
    /// Nobody writes: its disk is mounted so.
    ReadOnlyDisk,
    /// Others may, he may not.
    Denied,
}

impl Access {
    fn of(path: &Path) -> Self {
        match access(path, AccessFlags::R_OK | AccessFlags::W_OK | AccessFlags::X_OK) {
            Ok(()) => Self::Full,
            Err(Errno::EROFS) => Self::ReadOnlyDisk,
            Err(_) => Self::Denied,
        }
    }
}

/// Looks at it. Makes nothing.
pub fn look(path: &Path) -> Facts {
    // A relative one has no folder above it to look at.
    let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find(|path| path.exists());
    let state = match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => State::There {
            access: Access::of(path),
            owner: other_owner(&metadata),
            mode: metadata.permissions().mode(),
        },
        Ok(_) => State::NoFolder,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            State::Absent { can_be_made: there.is_some_and(|path| Access::of(path) == Access::Full) }
        }
        Err(error) => State::Closed(error.to_string()),
    };
    Facts { path: path.to_owned(), state, room: room(path) }
}

/// What is free for this user on the disk where `path` is, or is going to be. Unit: bytes. `None`: the system does not say.
pub fn room(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|path| path.exists())?;
    let disk = statvfs(there).ok()?;
    Some(disk.blocks_available().saturating_mul(disk.fragment_size()))
}

/// Whose something is, by name where the system knows one; `None`: this user's.
fn other_owner(metadata: &std::fs::Metadata) -> Option<String> {
    let owner = Uid::from_raw(metadata.uid());
    let name = || User::from_uid(owner).ok().flatten().map_or_else(|| owner.to_string(), |user| user.name);
    (owner != Uid::effective()).then(name)
}

/// What it comes to.
pub fn judge(facts: &Facts) -> Vec<Finding> {
    let path = facts.path.display();
    let mut found = match &facts.state {
        State::Absent { can_be_made: true } => {
            vec![Finding::fine(CHECK, format!("{path} is not there yet; the first start makes it."))]
        }
        State::Absent { can_be_made: false } => {
            let remedy = "Make the folder above it writable for the user that serves, or set data_dir to another.";
            vec![Finding::broken(CHECK, format!("{path} is not there and cannot be made by this user."), remedy)]
        }
        State::NoFolder => {
            let remedy = "Move it away, or set data_dir to a folder.";
            vec![Finding::broken(CHECK, format!("{path} is no folder."), remedy)]
        }
        State::Closed(why) => {
            let remedy = "Run this as the user that serves, or give that user the folder.";
            vec![Finding::broken(CHECK, format!("{path} cannot be looked at: {why}."), remedy)]
        }
        State::There { access, owner, mode } => there(&facts.path, *access, owner.as_deref(), *mode),
    };
    found.push(disk(facts.room));
    found
}

fn there(path: &Path, access: Access, owner: Option<&str>, mode: u32) -> Vec<Finding> {
    let path = path.display();
    match access {
        Access::Full => {}
        Access::ReadOnlyDisk => {
            let remedy = "Mount its disk for writing. A system does that by itself when a disk fails: look at `dmesg`, and back up first.";
            return vec![Finding::broken(CHECK, format!("{path} lies on a disk that nobody can write to."), remedy)];
        }
        Access::Denied => {
            let remedy =
                format!("Run this as the user that serves, or give that user the folder: chown -R USER {path}");
            return vec![Finding::broken(CHECK, format!("{path} cannot be written by this user."), remedy)];
        }
    }
    let mut found = vec![Finding::fine(CHECK, format!("{path} can be read and written."))];
    if let Some(owner) = owner {
        let says =
            format!("{path} belongs to {owner}; to leave nothing there that is not his, not everything is looked at.");
        found.push(Finding::hint(CHECK, says, format!("Run this as that user: sudo -u {owner} consilium doctor …")));
    }
    if mode & NOT_OWNER != 0 {
        let says = format!("{path} is open to others on this machine: they see who talks when.");
        found.push(Finding::warning(CHECK, says, format!("Run: chmod 700 {path}")));
    }
    found
}

fn disk(room: Option<u64>) -> Finding {
    const CHECK: &str = "disk";
    let remedy = "Make room on its disk (old backups, logs), or move data_dir to a larger one.";
    let Some(bytes) = room else {
        return Finding::hint(CHECK, "The system does not say how much room there is.", "Look at it by `df`.");
    };
    let free = match bytes >> 30 {
        0..10 => format!("{} MiB are free", bytes >> 20),
        gibibytes => format!("{gibibytes} GiB are free"),
    };
    if bytes < ROOM_NEEDED {
        Finding::broken(CHECK, format!("{free}: below {} MiB nothing can be written.", ROOM_NEEDED >> 20), remedy)
    } else if bytes < ROOM_WANTED {
        Finding::warning(CHECK, format!("Only {free}."), remedy)
    } else {
        Finding::fine(CHECK, format!("{free}."))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Access, Facts, ROOM_NEEDED, ROOM_WANTED, State, judge, look};
    use crate::cli::doctor::finding::Level;

    fn facts(state: State, room: u64) -> Facts {
        Facts { path: "/srv/data".into(), state, room: Some(room) }
    }

    fn there(mode: u32) -> State {
        State::There { access: Access::Full, owner: None, mode }
    }

    fn worst(facts: &Facts) -> Level {
        judge(facts).iter().map(|finding| finding.level).max().unwrap()
    }

    #[test]
    fn room_is_judged_by_what_the_store_keeps_free() {
        for (room, level) in [
            (ROOM_WANTED, Level::Fine),
            (ROOM_WANTED - 1, Level::Warning),
            (ROOM_NEEDED, Level::Warning),
            (ROOM_NEEDED - 1, Level::Broken),
        ] {
            assert_eq!(worst(&facts(there(0o40_700), room)), level, "{room}");
        }
        assert_eq!(worst(&Facts { room: None, ..facts(there(0o40_700), 0) }), Level::Hint);
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_broken_and_an_open_one_a_warning() {
        let plenty = ROOM_WANTED;
        for (state, level) in [
            (State::Absent { can_be_made: true }, Level::Fine),
            (State::Absent { can_be_made: false }, Level::Broken),
            (State::NoFolder, Level::Broken),
            (State::Closed("no".to_owned()), Level::Broken),
            (State::There { access: Access::Denied, owner: None, mode: 0o40_700 }, Level::Broken),
            (State::There { access: Access::ReadOnlyDisk, owner: None, mode: 0o40_700 }, Level::Broken),
            (State::There { access: Access::Full, owner: Some("olga".to_owned()), mode: 0o40_700 }, Level::Hint),
            (there(0o40_750), Level::Warning),
        ] {
            assert_eq!(worst(&facts(state.clone(), plenty)), level, "{state:?}");
        }
    }

    #[test]
    fn looking_makes_nothing() {
        let ground = tempfile::tempdir().unwrap();
        let path = ground.path().join("a/data");
        let found = look(&path);
        assert_eq!(found.state, State::Absent { can_be_made: true });
        assert!(found.room.is_some() && !path.exists());
        std::fs::write(ground.path().join("file"), "").unwrap();
        assert_eq!(look(&ground.path().join("file")).state, State::NoFolder);
    }
}
