//! The generated files are fresh, and the examples are configurations that are accepted.
//!
//! `UPDATE=1 cargo test -p consilium-config --test generated` (behind `make gen`) writes them.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

use consilium_config::{Config, reference};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_generated_files_are_fresh() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut stale = Vec::new();
    for file in reference::files() {
        let path = folder().join(file.path);
        if std::fs::read_to_string(&path).unwrap_or_default() == file.content {
            continue;
        }
        if update {
            std::fs::write(&path, file.content).unwrap();
        } else {
            stale.push(file.path);
        }
    }
    assert!(stale.is_empty(), "stale in config/: {stale:?}; run `make gen` and commit them");
}

#[test]
fn the_example_is_accepted_once_the_key_file_is_named() {
    let text = std::fs::read_to_string(folder().join("consilium.example.toml")).unwrap();
    let key_file = ("CONSILIUM__CONSULT__KEEPER_KEY_FILE".to_owned(), "/etc/consilium/keeper.key".to_owned());
    let brand = ("CONSILIUM__TENANTS__CLINIC__BRAND".to_owned(), "brands/demo-clinic".to_owned());
    let config = Config::read(&text, &folder(), [key_file, brand]).unwrap();
    assert_eq!(config.tenants.len(), 1);
    config.load_brands().unwrap();
}

#[test]
fn every_default_that_the_example_shows_is_accepted() {
    let text = std::fs::read_to_string(folder().join("consilium.example.toml")).unwrap();
    let lines = text.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line));
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("shared_secret_file")).collect();
    let uncommented = lines.join("\n");
    assert_ne!(uncommented, text);
    Config::read(&uncommented, Path::new("."), []).unwrap();
}

/// `key = value`, not a sentence and not a key without a value.
fn is_setting(line: &str) -> bool {
    let key = |key: &str| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    line.split_once(" = ").is_some_and(|(left, value)| key(left) && !value.is_empty())
}
