//! Placeholders of a canned reply. The console fills them in, and asks for what it does not know.

/// What a placeholder may name.
pub const KNOWN: [&str; 3] = ["patient.name", "operator.name", "queue.name"];

/// What is wrong with a placeholder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// There is none of that name.
    #[error(
        "there is no placeholder {{{{{0}}}}}: use {{{{patient.name}}}}, {{{{operator.name}}}} or {{{{queue.name}}}}"
    )]
    Unknown(String),
    /// It does not end.
    #[error("a placeholder that begins with {{{{ ends with }}}}")]
    Open,
}

/// Checks every placeholder of a text.
pub fn check(text: &str) -> Result<(), Wrong> {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("{{") {
        let (name, after) = behind.split_once("}}").ok_or(Wrong::Open)?;
        let name = name.trim();
        if !KNOWN.contains(&name) {
            return Err(Wrong::Unknown(name.chars().take(40).collect()));
        }
        rest = after;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Wrong, check};

    #[test]
    fn known_placeholders_pass_with_spaces_or_without() {
        assert_eq!(check("Hello {{patient.name}}, I am {{ operator.name }} of {{queue.name}}. { } }}"), Ok(()));
    }

    #[test]
    fn an_unknown_or_open_placeholder_is_named() {
        assert_eq!(check("{{patient.phone}}"), Err(Wrong::Unknown("patient.phone".to_owned())));
        assert_eq!(check("{{patient.name}} {{"), Err(Wrong::Open));
        assert_eq!(check("{{}}"), Err(Wrong::Unknown(String::new())));
        let said = Wrong::Unknown("x".to_owned()).to_string();
        assert!(said.starts_with("there is no placeholder {{x}}: use {{patient.name}}"), "{said}");
    }
}
