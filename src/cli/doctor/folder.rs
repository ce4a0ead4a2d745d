//! Whether the data folder can be used, and how much room its disk has.

use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use nix::sys::statvfs::statvfs;
use nix::unistd::{AccessFlags, Uid, access};

use super::finding::Finding;

const CHECK: &str = "data";
/// The homeserver refuses writes below this much (`OpenOptions::RESERVE_BYTES`). Unit: bytes.
const ROOM_NEEDED: u64 = 256 << 20;
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

/// How the folder is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// There is none yet; whether it can be made.
    Absent { can_be_made: bool },
    /// Something else has its name.
    NoFolder,
    /// It is there.
    There {
        /// Whether this user may read and write in it.
        is_usable: bool,
        /// Whether it belongs to this user.
        is_own: bool,
        mode: u32,
    },
    /// It cannot be looked at.
    Closed(String),
}

/// Looks at it. Makes nothing.
pub fn look(path: &Path) -> Facts {
    // A relative one has no folder above it to look at.
    let path = &std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let usable = |path: &Path| access(path, AccessFlags::R_OK | AccessFlags::W_OK | AccessFlags::X_OK).is_ok();
    let there = path.ancestors().find(|path| path.exists());
    let state = match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => State::There {
            is_usable: usable(path),
            is_own: metadata.uid() == Uid::effective().as_raw(),
            mode: metadata.permissions().mode(),
        },
        Ok(_) => State::NoFolder,
        Err(error) if error.kind() == ErrorKind::NotFound => State::Absent { can_be_made: there.is_some_and(usable) },
        Err(error) => State::Closed(error.to_string()),
    };
    let room = there.and_then(|path| statvfs(path).ok());
    let room = room.map(|room| room.blocks_available().saturating_mul(room.fragment_size()));
    Facts { path: path.to_owned(), state, room }
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
        State::There { is_usable, is_own, mode } => there(&facts.path, *is_usable, *is_own, *mode),
    };
    found.push(room(facts.room));
    found
}

fn there(path: &Path, is_usable: bool, is_own: bool, mode: u32) -> Vec<Finding> {
    let path = path.display();
    if !is_usable {
        let remedy = format!("Run this as the user that serves, or give that user the folder: chown -R USER {path}");
        return vec![Finding::broken(CHECK, format!("{path} cannot be written by this user."), remedy)];
    }
    let mut found = vec![Finding::fine(CHECK, format!("{path} can be read and written."))];
    if !is_own {
        let says = format!("{path} belongs to another user than the one that runs this; stores were not opened.");
        found.push(Finding::hint(CHECK, says, "Run this as the user that serves to have everything looked at."));
    }
    if mode & NOT_OWNER != 0 {
        let says = format!("{path} is open to others on this machine: they see who talks when.");
        found.push(Finding::warning(CHECK, says, format!("Run: chmod 700 {path}")));
    }
    found
}

fn room(room: Option<u64>) -> Finding {
    const CHECK: &str = "disk";
    let remedy = "Make room, or move data_dir to a larger disk.";
    let Some(bytes) = room else {
        return Finding::hint(CHECK, "The system does not say how much room there is.", "Look at it by `df`.");
    };
    let free = format!("{} MiB are free", bytes >> 20);
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

    use super::{Facts, ROOM_NEEDED, ROOM_WANTED, State, judge, look};
    use crate::cli::doctor::finding::Level;

    fn facts(state: State, room: u64) -> Facts {
        Facts { path: "/srv/data".into(), state, room: Some(room) }
    }

    fn there(mode: u32) -> State {
        State::There { is_usable: true, is_own: true, mode }
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
            (State::There { is_usable: false, is_own: true, mode: 0o40_700 }, Level::Broken),
            (State::There { is_usable: true, is_own: false, mode: 0o40_700 }, Level::Hint),
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
