//! What may be kept. Pure.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use consilium_config::brand::{KEPT_FILE_BYTES_MAX, SENT_FILES_MAX};

use crate::api::types::{DeskFile, FieldError, NewDeskFile};
use crate::ids::DeskFileId;
use crate::letters;

/// Longest name. Unit: characters; it stands in a line of a talk.
const NAME_CHARACTERS_MAX: usize = 120;
/// Longest media type.
const MEDIA_TYPE_BYTES_MAX: usize = 100;
/// What a file is whose kind nobody knows.
const UNKNOWN: &str = "application/octet-stream";

/// A file before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What people see.
    pub name: String,
    /// What it is.
    pub media_type: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// A file as it came, or every field that cannot be so.
pub fn checked(new: NewDeskFile) -> Result<File, Vec<FieldError>> {
    let mut errors = Vec::new();
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count());
    if !is_name || letters::has_control(&name) || name.contains(['/', '\\']) {
        errors.push(FieldError::new("name", "a name of 1 to 120 characters without slashes").code("file_name"));
    }
    let bytes = STANDARD.decode(new.content.as_bytes()).unwrap_or_default();
    if bytes.is_empty() {
        errors.push(FieldError::new("content", "the bytes of a file in base64").code("file_empty"));
    }
    if bytes.len() as u64 > KEPT_FILE_BYTES_MAX {
        errors.push(FieldError::new("content", "a file has at most 5 MiB"));
    }
    let media_type = new.media_type.trim().to_ascii_lowercase();
    let media_type = if is_media_type(&media_type) { media_type } else { UNKNOWN.to_owned() };
    if errors.is_empty() { Ok(File { name, media_type, bytes }) } else { Err(errors) }
}

/// Puts what is kept into the place of what was named, each once; `known` gives a file that is kept.
///
/// Errors: of the field `files`, with the codes `file_gone` and `too_many`.
pub fn named(files: &[DeskFile], known: impl Fn(&DeskFileId) -> Option<DeskFile>) -> Result<Vec<DeskFile>, FieldError> {
    let mut kept: Vec<DeskFile> = Vec::new();
    for one in files {
        let Some(file) = known(&one.id) else {
            let wrong = FieldError::new("files", "ids of files that are kept: keep the file again");
            return Err(wrong.code("file_gone"));
        };
        if !kept.contains(&file) {
            kept.push(file);
        }
    }
    if kept.len() > SENT_FILES_MAX {
        return Err(FieldError::new("files", "at most 5 files").code("too_many").with("most", SENT_FILES_MAX));
    }
    Ok(kept)
}

fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte))
    };
    text.len() <= MEDIA_TYPE_BYTES_MAX
        && text.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::checked;
    use crate::api::types::NewDeskFile;

    fn new(name: &str, media_type: &str, content: &str) -> NewDeskFile {
        NewDeskFile { name: name.to_owned(), media_type: media_type.to_owned(), content: content.to_owned() }
    }

    #[test]
    fn a_file_is_kept_under_its_name_and_what_it_is_said_to_be() {
        let kept = checked(new("  Before   the visit.pdf ", "Application/PDF", &STANDARD.encode("%PDF"))).unwrap();
        assert_eq!((kept.name.as_str(), kept.media_type.as_str()), ("Before the visit.pdf", "application/pdf"));
        assert_eq!(kept.bytes, b"%PDF");
        for unknown in ["", "pdf", "text/", "text/html; charset=utf-8", "a/b/c"] {
            let kept = checked(new("a", unknown, "YQ==")).unwrap();
            assert_eq!(kept.media_type, "application/octet-stream", "{unknown}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused_by_its_field() {
        let fields = |new| checked(new).unwrap_err().into_iter().map(|error| error.field).collect::<Vec<_>>();
        for name in ["", "../a", "a\\b", "bell\u{7}", &"я".repeat(121)] {
            assert_eq!(fields(new(name, "text/plain", "YQ==")), ["name"], "{name:?}");
        }
        for content in ["", "not base64!"] {
            assert_eq!(fields(new("a", "text/plain", content)), ["content"], "{content}");
        }
        let large = STANDARD.encode(vec![0; (5 << 20) + 1]);
        assert_eq!(fields(new("a", "text/plain", &large)), ["content"]);
    }
}
