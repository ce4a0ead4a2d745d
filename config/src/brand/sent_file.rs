//! Files of the brand folder that macros and canned replies send: how many, how large, of which kinds.

use std::path::{Component, Path};

use super::Brand;
use crate::check::Findings;

/// Files of one macro or one reply: whoever gets more opens none.
pub const SENT_FILES_MAX: usize = 5;
/// Largest file that the desk keeps: several pages with pictures. Unit: bytes.
pub const KEPT_FILE_BYTES_MAX: u64 = 5 << 20;

/// Kinds of file that may be sent, by the end of their name.
const KINDS: [(&str, &str); 9] = [
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("txt", "text/plain"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
];

/// The media type of a file of that name; `None`: none such is sent.
pub fn sent_media_type(file: &str) -> Option<&'static str> {
    let kind = Path::new(file).extension()?.to_str()?.to_ascii_lowercase();
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, media_type)| *media_type)
}

impl Brand {
    pub(super) fn check_sent_files(&self, key: &str, files: &[String], found: &mut Findings) {
        if files.len() > SENT_FILES_MAX {
            found.add(key, format!("there are more than {SENT_FILES_MAX}"), "Put them together in one file.");
        }
        if !files.is_empty() && !self.features.attachments {
            found.add(key, "this brand sends no files", "Set features.attachments = true, or remove them.");
        }
        for file in files {
            let path = Path::new(file);
            if !path.components().all(|part| matches!(part, Component::Normal(_))) {
                found.add(key, format!("`{file}` leads out of the brand folder"), "Name a file inside it.");
            } else if sent_media_type(file).is_none() {
                let kinds: Vec<_> = KINDS.iter().map(|(kind, _)| *kind).collect();
                let remedy = format!("Use one of: {}.", kinds.join(", "));
                found.add(key, format!("`{file}` is of an unknown kind"), remedy);
            } else {
                self.check_sent_size(key, file, found);
            }
        }
    }

    fn check_sent_size(&self, key: &str, file: &str, found: &mut Findings) {
        match std::fs::metadata(self.folder.join(file)) {
            Ok(is) if !is.is_file() => found.add(key, format!("`{file}` is no file"), "Name a file."),
            Ok(is) if is.len() == 0 => found.add(key, format!("`{file}` is empty"), "Name another."),
            Ok(is) if is.len() > KEPT_FILE_BYTES_MAX => {
                found.add(key, format!("`{file}` has more than 5 MiB"), "Make it smaller.");
            }
            Ok(_) => {}
            Err(_) => {
                let what = format!("there is no file `{file}` in the brand folder");
                found.add(key, what, "Add it, or name another.");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sent_media_type;

    #[test]
    fn the_kind_of_a_file_is_read_from_its_name() {
        assert_eq!(sent_media_type("files/Before The Visit.PDF"), Some("application/pdf"));
        for wrong in ["run.exe", "page.html", "pdf", ""] {
            assert_eq!(sent_media_type(wrong), None, "{wrong}");
        }
    }
}
