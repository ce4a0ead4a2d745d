//! A demonstration brand with something changed in it.

use std::path::{Path, PathBuf};

use consilium_config::Brand;

pub fn folder(brand: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("brands").join(brand)
}

/// The refusal of the clinic's brand after `old` became `new`.
pub fn refusal(old: &str, new: &str) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let copy = scratch.path().join("demo-clinic");
    copy_folder(&folder("demo-clinic"), &copy);
    let file = copy.join("brand.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "the brand no longer holds {old}");
    std::fs::write(&file, text.replacen(old, new, 1)).unwrap();
    Brand::load(&copy).unwrap_err().to_string()
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
