//! Writing HTML documents that people keep: markup is what the program says, everything else is escaped. No scripts, nothing from outside.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What needs no escape in a segment of an address.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Nothing but what lies in and beside the document is loaded, and nothing is run.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:";

/// The look of a document: the reader's own fonts and colours, so that it is read on any screen and printed on any paper.
const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .4rem 0; white-space: pre-line; }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .25rem 1rem; margin: .5rem 0; }
dt, .quiet { color: GrayText; }
dd { margin: 0; white-space: pre-line; }
section.talk { border-top: 1px solid GrayText; margin-top: 2.5rem; }
.said { border-inline-start: 3px solid GrayText; padding-inline-start: .75rem; margin: .9rem 0; }
.said.mine { border-color: Highlight; }
.said img { display: block; max-width: 100%; max-height: 24rem; margin-top: .4rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { section.talk { break-before: page; } }
";

/// A document, or a part of one.
#[derive(Debug, Default)]
pub struct Html(String);

impl Html {
    /// The beginning of a document, up to its first heading.
    pub fn document(language: &str, title: &str) -> Self {
        let mut html = Self("<!doctype html>\n<html lang=\"".to_owned());
        html.text(language);
        html.0.push_str(
            "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n",
        );
        html.around("<meta http-equiv=\"Content-Security-Policy\" content=\"", POLICY, "\">\n");
        html.line("title", title);
        html.around("<style>", STYLE, "</style>\n</head>\n<body>\n");
        html
    }

    /// Markup of the program's own.
    pub fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Something that has nothing to escape, between two pieces of markup.
    fn around(&mut self, before: &'static str, what: &str, after: &'static str) {
        for piece in [before, what, after] {
            self.0.push_str(piece);
        }
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // What no document may have, and what turns the direction of all that follows.
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' => self.0.push('\u{fffd}'),
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                letter => self.0.push(letter),
            }
        }
    }

    /// An element that holds a text.
    pub fn line(&mut self, element: &'static str, text: &str) {
        self.around("<", element, ">");
        self.text(text);
        self.around("</", element, ">\n");
    }

    /// A quiet line.
    pub fn quiet(&mut self, text: &str) {
        self.raw("<p class=\"quiet\">");
        self.text(text);
        self.raw("</p>\n");
    }

    /// A list of named facts; one without a value is left out.
    pub fn facts(&mut self, facts: &[(&str, Option<&str>)]) {
        self.raw("<dl>\n");
        for (name, value) in facts {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                self.line("dt", name);
                self.line("dd", value);
            }
        }
        self.raw("</dl>\n");
    }

    /// A link to a file that lies beside the document.
    pub fn link(&mut self, path: &str, text: &str) {
        self.around("<a href=\"", &address(path), "\">");
        self.text(text);
        self.raw("</a>");
    }

    /// A picture that lies beside the document.
    pub fn picture(&mut self, path: &str, text: &str) {
        self.around("<img src=\"", &address(path), "\" alt=\"");
        self.text(text);
        self.raw("\">");
    }

    /// The end of a document.
    pub fn end(&mut self) {
        self.raw("</body>\n</html>\n");
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A path below the document's folder, as an address.
fn address(path: &str) -> String {
    let segments: Vec<_> = path.split('/').map(|segment| utf8_percent_encode(segment, SEGMENT).to_string()).collect();
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::prop_assert;

    use super::Html;

    #[test]
    fn what_people_wrote_is_never_markup() {
        let mut html = Html::document("en", "</title><script>alert(1)</script>");
        html.line("p", "<img src=x onerror='alert(1)'> & \"quoted\"");
        html.facts(&[("<b>", Some("</dd><script>")), ("none", None), ("empty", Some(""))]);
        html.link("files/a\"><script>/javascript:x", "<i>");
        html.picture("files/\" onerror=\"x", "\" onload=\"y");
        html.text("\u{202e}gpj.exe\0");
        html.end();
        let text = html.into_string();
        for markup in
            ["<script", "<img src=x", "<i>", "<b>", "\" on", "javascript:", "\u{202e}", "\0", ">none<", ">empty<"]
        {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
        assert!(text.contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; &quot;quoted&quot;"));
        assert!(text.contains("href=\"files/a%22%3E%3Cscript%3E/javascript%3Ax\""));
    }

    proptest! {
        #[test]
        fn no_text_opens_an_element_or_ends_an_attribute(text in any::<String>()) {
            let mut html = Html::default();
            html.text(&text);
            prop_assert!(!html.into_string().contains(['<', '>', '"', '\'', '\0']));
        }
    }
}
