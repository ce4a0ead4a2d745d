//! `Content-Disposition` and the other headers that keep a browser from running what it gets. Pure.
//!
//! Source: client-server API v1.19 §Content repository, «Serving inline content» and «Security considerations».

use http::{HeaderMap, HeaderValue, header};

/// Types that may be shown inside a page: the specification's list.
const INLINE: [&str; 27] = [
    "text/css",
    "text/plain",
    "text/csv",
    "application/json",
    "application/ld+json",
    "image/jpeg",
    "image/gif",
    "image/png",
    "image/apng",
    "image/webp",
    "image/avif",
    "video/mp4",
    "video/webm",
    "video/ogg",
    "video/quicktime",
    "audio/mp4",
    "audio/webm",
    "audio/aac",
    "audio/mpeg",
    "audio/ogg",
    "audio/wave",
    "audio/wav",
    "audio/x-wav",
    "audio/x-pn-wav",
    "audio/flac",
    "audio/x-flac",
    "image/bmp",
];

const POLICY: &str = "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; style-src 'unsafe-inline'; \
                      media-src 'self'; object-src 'self';";

pub const DEFAULT_TYPE: &str = "application/octet-stream";

/// Type, disposition and what makes them safe.
pub fn headers(content_type: Option<&str>, filename: Option<&str>) -> HeaderMap {
    let content_type = content_type.unwrap_or(DEFAULT_TYPE);
    let mut headers = HeaderMap::new();
    let value = |text: &str| HeaderValue::from_str(text).ok();
    let kind = value(content_type).unwrap_or(HeaderValue::from_static(DEFAULT_TYPE));
    headers.insert(header::CONTENT_TYPE, kind);
    let disposition = value(&disposition(content_type, filename)).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable"));
    headers
}

fn disposition(content_type: &str, filename: Option<&str>) -> String {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let kind = if INLINE.contains(&&*essence) { "inline" } else { "attachment" };
    match filename {
        None | Some("") => kind.to_owned(),
        Some(name) if name.bytes().all(is_token) => format!("{kind}; filename={name}"),
        Some(name) => format!("{kind}; filename*=utf-8''{}", escaped(name)),
    }
}

/// Source: RFC 9110 §5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Source: RFC 8187 §3.2.
fn escaped(name: &str) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("a string takes everything");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{disposition, headers};

    #[test]
    fn only_harmless_types_are_shown_inline() {
        assert_eq!(disposition("image/png", Some("a.png")), "inline; filename=a.png");
        assert_eq!(disposition("Text/Plain; charset=utf-8", None), "inline");
        for kind in ["text/html", "image/svg+xml", "application/pdf", "application/xhtml+xml", "nonsense"] {
            assert_eq!(disposition(kind, None), "attachment");
        }
    }

    #[test]
    fn names_of_any_language_are_escaped() {
        assert_eq!(
            disposition("image/png", Some("отчёт 1.png")),
            "inline; filename*=utf-8''%D0%BE%D1%82%D1%87%D1%91%D1%82%201.png"
        );
        assert_eq!(disposition("a/b", Some("a\"\r\nx: y")), "attachment; filename*=utf-8''a%22%0D%0Ax%3A%20y");
    }

    #[test]
    fn a_type_that_is_no_header_becomes_plain_bytes() {
        assert_eq!(headers(Some("a\nb"), None)["content-type"], "application/octet-stream");
    }
}
