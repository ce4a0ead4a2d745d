//! What FHIR lets a text be. Pure.
//!
//! R4 §2.24.0.1 `string`: no control characters but tab, line feed and carriage return, something besides white space, at most 1 MB; an element that is empty is
//! left out. Its regular expression knows four kinds of white space, so the other kinds become a plain space.

use serde_json::{Map, Value};

/// Longest string. Unit: bytes. Nothing that people write here comes near it.
const STRING_BYTES_MAX: usize = 1024 * 1024;
/// Longest media type that is believed. Unit: bytes.
const MEDIA_TYPE_BYTES_MAX: usize = 127;

/// A text as a `string` may hold it; none where nothing is left of it.
pub(super) fn string(text: &str) -> Option<String> {
    let mut kept: String = text.chars().filter_map(letter).collect();
    if kept.len() > STRING_BYTES_MAX {
        kept.truncate(kept.floor_char_boundary(STRING_BYTES_MAX));
    }
    let trimmed = kept.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

fn letter(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' => Some(letter),
        // A byte order mark, and what no XML may hold.
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => None,
        letter if letter.is_whitespace() && !letter.is_control() => Some(' '),
        letter => (!letter.is_control()).then_some(letter),
    }
}

/// A media type, if a sender named one that can be.
pub(super) fn media_type(text: &str) -> Option<&str> {
    let (kind, rest) = text.split_once('/')?;
    let is_token = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_graphic());
    (text.len() <= MEDIA_TYPE_BYTES_MAX && is_token(kind) && is_token(rest)).then_some(text)
}

/// A narrative that says this, line by line; none where it says nothing.
pub(super) fn narrative(text: &str) -> Option<Value> {
    let lines: Vec<String> = string(text)?.lines().map(escaped).collect();
    let div = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{}</p></div>", lines.join("<br/>"));
    Some(serde_json::json!({ "status": "generated", "div": div }))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A resource in which every text is one that FHIR lets be, and nothing is empty; none where nothing is left.
pub(super) fn clean(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => string(&text).map(Value::String),
        Value::Array(values) => {
            let kept: Vec<Value> = values.into_iter().filter_map(clean).collect();
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        Value::Object(fields) => {
            let kept: Map<String, Value> =
                fields.into_iter().filter_map(|(name, value)| Some((name, clean(value)?))).collect();
            (!kept.is_empty()).then_some(Value::Object(kept))
        }
        value => Some(value),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_eq};
    use serde_json::json;

    use super::{clean, media_type, narrative, string};

    #[test]
    fn a_text_keeps_its_letters_and_loses_what_no_system_takes() {
        assert_eq!(
            string(" a\u{0}\u{1b}b\u{85}\r\n\tв 👩‍⚕️ שלום\u{202e} ").as_deref(),
            Some("ab\r\n\tв 👩‍⚕️ שלום\u{202e}")
        );
        assert_eq!(string("10\u{a0}мг\u{2028}x\u{feff}").as_deref(), Some("10 мг x"));
        assert_eq!(string("\u{0} \n\u{2003}"), None);
        assert_eq!(string(&"я".repeat(600_000)).unwrap().len(), 1_048_576);
    }

    #[test]
    fn what_is_empty_is_left_out() {
        let full = json!({ "a": null, "b": [{ "c": "" }, [], {}], "d": [" ", "e"], "f": false, "g": 0 });
        assert_eq!(clean(full), Some(json!({ "d": ["e"], "f": false, "g": 0 })));
        assert_eq!(clean(json!({ "a": [{}] })), None);
    }

    #[test]
    fn a_narrative_holds_no_markup_of_who_wrote_it() {
        let said = narrative("<script>1 & 2</script>\nsecond").unwrap();
        let div = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>&lt;script&gt;1 &amp; 2&lt;/script&gt;<br/>second</p></div>";
        assert_eq!(said["div"], div);
        assert_eq!(narrative(" \u{0}"), None);
    }

    #[test]
    fn a_media_type_is_two_tokens() {
        assert_eq!(media_type("image/jpeg"), Some("image/jpeg"));
        for no in ["", "jpeg", "/x", "x/", "text/plain charset", "a/\u{e9}", &format!("a/{}", "x".repeat(200))] {
            assert_eq!(media_type(no), None, "{no}");
        }
    }

    proptest! {
        #[test]
        fn every_string_is_one_of_fhir_and_cleaning_it_again_changes_nothing(text in any::<String>()) {
            if let Some(kept) = string(&text) {
                prop_assert!(!kept.is_empty() && kept.len() <= 1_048_576);
                prop_assert!(kept.chars().all(|letter| " \r\n\t".contains(letter) || !(letter.is_whitespace() || letter.is_control())));
                let again = string(&kept);
                prop_assert_eq!(again.as_deref(), Some(kept.as_str()));
            }
        }
    }
}
