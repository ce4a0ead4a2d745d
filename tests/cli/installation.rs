//! An installation on this machine, made by `consilium init` as a partner makes it.

use std::path::{Path, PathBuf};

use crate::process::{Running, done};

/// What the tests' process is to bear: the system's limit of open files is that of whoever runs the tests.
pub const FEW_CONNECTIONS: (&str, &str) = ("CONSILIUM__HTTP__CONNECTIONS_MAX", "100");

/// An installation, gone when the test ends.
pub struct Installation {
    ground: tempfile::TempDir,
    pub public: String,
    pub console: String,
    /// What `init` printed.
    pub told: String,
}

impl Installation {
    /// Made without a question.
    pub fn make() -> Self {
        let ground = tempfile::tempdir().unwrap();
        let [public, console] = free_addresses();
        let folder = ground.path().join("yew").to_str().unwrap().to_owned();
        let origins = [format!("http://{public}"), format!("http://{console}")];
        let words = ["init", &folder, "--yes", "--name", "Клиника «Тис»", "--language", "ru", "--brand-id", "yew"];
        let addresses = ["--public", &origins[0], "--console", &origins[1], "--supervisor", "olga"];
        let told = done(&[&words[..], &addresses[..]].concat(), "");
        Self { ground, public, console, told }
    }

    /// The folder that `init` was told to make.
    pub fn folder(&self) -> PathBuf {
        self.ground.path().join("yew")
    }

    pub fn key(&self) -> PathBuf {
        self.ground.path().join("yew-keys/keeper.key")
    }

    pub fn data(&self) -> PathBuf {
        self.folder().join("data")
    }

    pub fn config(&self) -> String {
        self.folder().join("consilium.toml").to_str().unwrap().to_owned()
    }

    /// The first supervisor's password, as it was printed.
    pub fn password(&self) -> &str {
        self.told.lines().find_map(|line| line.trim().strip_prefix("password   ")).unwrap()
    }

    /// Starts it.
    pub fn serve(&self) -> Running {
        Running::serve(&self.config(), &self.public, &[FEW_CONNECTIONS])
    }
}

/// Two addresses on which nobody else listens until the tests end.
pub fn free_addresses() -> [String; 2] {
    consilium_ports::reserve().unwrap().map(|address| address.to_string())
}

/// The mode of a file, without its kind.
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}
