//! The `Range` header of downloads: one range of bytes. Pure.
//!
//! Source: RFC 9110 §14. Several ranges, and other units, are answered with the whole content, as the RFC allows.

use std::ops::Range;

/// What a download gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Whole,
    Part(Range<u64>),
    NotSatisfiable,
}

/// Reads a `Range` header for content of `size_bytes`.
pub fn wanted(header: Option<&str>, size_bytes: u64) -> Wanted {
    let Some((first, last)) = header.and_then(bounds) else { return Wanted::Whole };
    let range = match (first, last) {
        (Some(first), Some(last)) if first > last => return Wanted::Whole,
        (Some(first), last) => first..last.map_or(size_bytes, |last| last.saturating_add(1).min(size_bytes)),
        // The last so many bytes.
        (None, Some(length)) => size_bytes.saturating_sub(length)..size_bytes,
        (None, None) => return Wanted::Whole,
    };
    if range.is_empty() { Wanted::NotSatisfiable } else { Wanted::Part(range) }
}

/// First and last byte, as written; `None` for anything but one range of bytes.
fn bounds(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
    Some((number(first.trim())?, number(last.trim())?))
}

#[cfg(test)]
mod tests {
    use super::{Wanted, wanted};

    #[test]
    fn one_range_of_bytes_is_understood() {
        assert_eq!(wanted(Some("bytes=0-4"), 10), Wanted::Part(0..5));
        assert_eq!(wanted(Some("bytes=5-"), 10), Wanted::Part(5..10));
        assert_eq!(wanted(Some("bytes=-3"), 10), Wanted::Part(7..10));
        assert_eq!(wanted(Some("bytes=8-99"), 10), Wanted::Part(8..10));
        assert_eq!(wanted(Some("bytes=10-"), 10), Wanted::NotSatisfiable);
        assert_eq!(wanted(Some("bytes=-0"), 10), Wanted::NotSatisfiable);
    }

    #[test]
    fn everything_else_gives_the_whole() {
        for header in
            [None, Some("bytes=0-1,3-4"), Some("lines=1-2"), Some("bytes=x-1"), Some("bytes=5-2"), Some("bytes=-")]
        {
            assert_eq!(wanted(header, 10), Wanted::Whole);
        }
    }
}
