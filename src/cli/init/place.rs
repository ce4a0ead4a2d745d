//! Where an installation is made, and making it: all of it, or nothing. What was begun is taken away again when something fails or a signal comes.
//!
//! Everything is made in a folder of its own inside the installation's, the first supervisor's account included, and moved out of it when it is whole; the
//! configuration comes last. The keeper's key is made where it stays: outside.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use consilium_config::Config;
use consilium_consult::key_file;
use consilium_homeserver::Context;

use super::plan::{CONFIGURATION, File, Plan, Readers};
use crate::cli::doctor::folder;
use crate::cli::user::PASSWORD_LENGTH;
use crate::control::{Control, Made, NewAccount, UserClass};
use crate::staff::{self, NewMember, StaffRole};

/// Where everything is until it is whole.
const UNFINISHED: &str = ".being-made";
/// The keeper's key, in its folder.
const KEY: &str = "keeper.key";

/// Where an installation is going to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The installation.
    pub folder: PathBuf,
    /// The keeper's key.
    pub key: PathBuf,
}

/// The first member of staff.
#[derive(Debug)]
pub struct Supervisor {
    pub user_id: String,
    /// Shown once, and kept nowhere.
    pub password: String,
}

impl Place {
    /// A folder that is absent or empty, and a place for the key outside of it. Makes nothing.
    pub fn find(folder: &Path, keys: Option<&Path>) -> anyhow::Result<Self> {
        let folder = resolved(folder)?;
        if folder.exists() {
            let mut inside =
                std::fs::read_dir(&folder).with_context(|| format!("{} is no folder", folder.display()))?;
            if folder.join(UNFINISHED).exists() {
                bail!(
                    "{} holds what an earlier attempt left that was cut off: remove that folder, and the key that was made for it, then try again",
                    folder.display()
                );
            }
            if inside.next().is_some() {
                bail!("{} is not empty: name a folder that is absent or empty; nothing was changed", folder.display());
            }
        }
        let keys = match keys {
            Some(keys) => resolved(keys)?,
            None => beside(&folder)?,
        };
        if keys.starts_with(&folder) {
            bail!(
                "--keys: {} lies inside the installation: a copy of the data must not hold the key that opens it; name a folder elsewhere",
                keys.display()
            );
        }
        let place = Self { folder, key: keys.join(KEY) };
        place.must_have_no_key()?;
        place.must_have_room()?;
        Ok(place)
    }

    fn must_have_no_key(&self) -> anyhow::Result<()> {
        if self.key.exists() {
            bail!(
                "{} is there already, and may be what opens another installation's data; name another folder by --keys",
                self.key.display()
            );
        }
        Ok(())
    }

    /// Nothing is begun where the store would refuse to write.
    fn must_have_room(&self) -> anyhow::Result<()> {
        match folder::room(&self.folder) {
            Some(room) if room < folder::ROOM_NEEDED => bail!(
                "the disk of {} has {} MiB left, and {} are needed to begin: make room, or name a folder on another disk",
                self.folder.display(),
                room >> 20,
                folder::ROOM_NEEDED >> 20
            ),
            _ => Ok(()),
        }
    }

    fn keys(&self) -> &Path {
        self.key.parent().unwrap_or(Path::new("/"))
    }
}

/// `path` without symbolic links and `..`, as far as it is there.
fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    if path.exists() {
        return path.canonicalize().with_context(|| format!("{} cannot be read", path.display()));
    }
    let (Some(above), Some(name)) = (path.parent(), path.file_name()) else {
        bail!("{} is no folder that can be made", path.display());
    };
    let above = above.canonicalize();
    Ok(above.with_context(|| format!("the folder above {} is not there: make it first", path.display()))?.join(name))
}

/// The folder of the key of who names none: what is copied with the installation must not hold it.
fn beside(folder: &Path) -> anyhow::Result<PathBuf> {
    let Some(name) = folder.file_name() else {
        bail!("{} has nothing beside it: name the folder of the key by --keys", folder.display());
    };
    let mut name = name.to_owned();
    name.push("-keys");
    Ok(folder.with_file_name(name))
}

/// An installation that is whole. Dropped before it is kept, it is taken away again.
pub struct Whole {
    begun: Begun,
    supervisor: Supervisor,
}

impl Whole {
    /// It stays.
    pub fn keep(self) -> Supervisor {
        self.begun.keep();
        self.supervisor
    }
}

/// Makes all of it, or nothing.
pub async fn make(place: &Place, plan: &Plan) -> anyhow::Result<Whole> {
    let mut begun = Begun::default();
    begun.folder(&place.folder)?;
    let unfinished = place.folder.join(UNFINISHED);
    begun.folder(&unfinished)?;
    for file in &plan.files {
        write(&unfinished, file)?;
    }
    begun.folder(place.keys())?;
    // Looked at once more: whatever is added here may be taken away again.
    place.must_have_no_key()?;
    begun.added.push(place.key.clone());
    key_file::read_or_make(&place.key, &consilium_consult::Context::system())?;
    let config = plan.config(&unfinished)?;
    // Refused now, and not at the first start; the folder is named as it is going to be.
    let (here, there) = (unfinished.display().to_string(), place.folder.display().to_string());
    config.load_brands().map_err(|error| anyhow!(error.to_string().replace(&here, &there)))?;
    let supervisor = first_supervisor(&config, plan).await?;
    begun.move_out(&unfinished, &place.folder)?;
    Ok(Whole { begun, supervisor })
}

fn write(folder: &Path, file: &File) -> anyhow::Result<()> {
    let path = folder.join(&file.path);
    let mode = match file.readers {
        Readers::Owner => 0o600,
        Readers::All => 0o644,
    };
    let write = || -> std::io::Result<()> {
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above)?;
        }
        let mut new = OpenOptions::new().write(true).create_new(true).mode(mode).open(&path)?;
        new.write_all(file.content.as_bytes())?;
        new.sync_all()
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

async fn first_supervisor(config: &Config, plan: &Plan) -> anyhow::Result<Supervisor> {
    let (slug, localpart) = (&plan.answers.brand_id, &plan.answers.supervisor);
    let password = Context::system().random_token(PASSWORD_LENGTH);
    let new = NewAccount {
        localpart: localpart.clone(),
        password: password.clone(),
        display_name: Some(localpart.clone()),
        class: UserClass::Staff,
        admin: false,
    };
    let control = Control::open(config).await?;
    let made = control.create_account(slug, &new).await;
    control.close().await;
    let user_id = match made.context("--supervisor")? {
        Made::New(account) => account.user_id,
        Made::Exists => bail!("--supervisor: `{localpart}` is a part of the service; choose another name"),
    };
    let member = NewMember {
        user_id: user_id.clone(),
        name: localpart.clone(),
        title: None,
        role: StaffRole::Administrator,
        queues: Vec::new(),
    };
    staff::create(config, slug, member).await?;
    Ok(Supervisor { user_id, password })
}

/// What was made so far. Dropped before it is kept, it takes all of that away.
#[derive(Debug, Default)]
struct Begun {
    /// Files, and folders with everything in them; none of them was there before. The first that was made first.
    added: Vec<PathBuf>,
}

impl Begun {
    /// Makes a folder for its owner alone; one that is there stays as it is.
    fn folder(&mut self, path: &Path) -> anyhow::Result<()> {
        match DirBuilder::new().mode(0o700).create(path) {
            Ok(()) => self.added.push(path.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(error).with_context(|| format!("{} cannot be made", path.display())),
        }
        Ok(())
    }

    /// Moves what is in `from` into `to`, the configuration last: with it, an installation is there.
    fn move_out(&mut self, from: &Path, to: &Path) -> anyhow::Result<()> {
        let failed = || format!("{} cannot be finished", to.display());
        let mut names = Vec::new();
        for entry in std::fs::read_dir(from).with_context(failed)? {
            names.push(entry.with_context(failed)?.file_name());
        }
        names.sort_by_key(|name| name == CONFIGURATION);
        for name in names {
            let target = to.join(&name);
            self.added.push(target.clone());
            std::fs::rename(from.join(&name), target).with_context(failed)?;
        }
        std::fs::remove_dir(from).with_context(failed)?;
        // The new names are to outlive a power cut.
        std::fs::File::open(to).and_then(|folder| folder.sync_all()).with_context(failed)
    }

    fn keep(mut self) {
        self.added.clear();
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        for path in self.added.iter().rev() {
            // Whatever stays was named to whoever sees the refusal; another attempt says what is in its way.
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{Begun, Place};

    #[test]
    fn the_key_stands_beside_the_folder_and_never_inside() {
        let ground = tempfile::tempdir().unwrap();
        let ground = ground.path().canonicalize().unwrap();
        let place = Place::find(&ground.join("yew"), None).unwrap();
        assert_eq!(place.folder, ground.join("yew"));
        assert_eq!(place.key, ground.join("yew-keys/keeper.key"));
        assert!(!ground.join("yew").exists() && !ground.join("yew-keys").exists(), "looking makes nothing");

        std::fs::create_dir(ground.join("yew")).unwrap();
        std::os::unix::fs::symlink(ground.join("yew"), ground.join("link")).unwrap();
        for keys in ["yew", "yew/keys", "link", "link/keys"] {
            let refused = Place::find(&ground.join("yew"), Some(&ground.join(keys))).unwrap_err().to_string();
            assert!(refused.contains("lies inside the installation"), "{keys}: {refused}");
        }
    }

    #[test]
    fn what_is_there_already_is_left_alone() {
        let ground = tempfile::tempdir().unwrap();
        let (full, keys) = (ground.path().join("full"), ground.path().join("keys"));
        for folder in [&full, &keys] {
            std::fs::create_dir(folder).unwrap();
        }
        std::fs::write(full.join("letter"), "dear").unwrap();
        assert!(Place::find(&full, None).unwrap_err().to_string().contains("is not empty"));
        std::fs::create_dir(full.join(super::UNFINISHED)).unwrap();
        assert!(Place::find(&full, None).unwrap_err().to_string().contains("an earlier attempt"));
        assert!(Place::find(&full.join("letter"), None).unwrap_err().to_string().contains("is no folder"));
        std::fs::write(keys.join("keeper.key"), "00").unwrap();
        let refused = Place::find(&ground.path().join("new"), Some(&keys)).unwrap_err().to_string();
        assert!(refused.contains("is there already"), "{refused}");
        assert!(Place::find(&ground.path().join("a/b"), None).unwrap_err().to_string().contains("make it first"));
    }

    #[test]
    fn what_was_begun_and_not_kept_is_taken_away_and_nothing_else() {
        let ground = tempfile::tempdir().unwrap();
        let path = |name: &str| ground.path().join(name);
        std::fs::create_dir(path("mine")).unwrap();
        let begin = || {
            let mut begun = Begun::default();
            begun.folder(&path("mine")).unwrap();
            begun.folder(&path("mine/new")).unwrap();
            std::fs::write(path("mine/new/file"), "x").unwrap();
            begun
        };
        drop(begin());
        assert!(path("mine").is_dir() && !path("mine/new").exists());

        let mut begun = begin();
        for name in ["consilium.toml", "zebra"] {
            std::fs::write(path("mine/new").join(name), name).unwrap();
        }
        begun.move_out(&path("mine/new"), &path("mine")).unwrap();
        begun.keep();
        for name in ["mine/consilium.toml", "mine/zebra", "mine/file"] {
            assert!(path(name).is_file(), "{name}");
        }
        assert!(!path("mine/new").exists());
    }
}
