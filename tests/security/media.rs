//! Uploads, downloads, ranges and thumbnails.

use crate::table::{Row, Who::Anna, row};

const INVALID: (u16, &str) = (400, "M_INVALID_PARAM");
const NOT_FOUND: (u16, &str) = (404, "M_NOT_FOUND");
const TOO_LARGE: (u16, &str) = (413, "M_TOO_LARGE");

/// A picture of a few bytes that says it is 60,000 × 60,000: what unpacks it needs gigabytes.
pub fn bomb() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    bytes.extend(60_000_u32.to_be_bytes());
    bytes.extend(60_000_u32.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0]);
    bytes.extend(checksum(&bytes[12..]).to_be_bytes());
    bytes.extend(b"\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e\x00\x00\x00\x00IEND\xae\x42\x60\x82");
    bytes
}

/// CRC-32 as PNG has it.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[rustfmt::skip] // A table: a row is a line.
pub fn rows() -> Vec<Row> {
    let get = |name, path: &str, refusal| row(name, Anna, format!("GET /_matrix/client/v1/media/{path}"), "", refusal);
    let upload =
        |name, query: &str, refusal| row(name, Anna, format!("POST /_matrix/media/v3/upload{query}"), "x", refusal);
    let thumbnail =
        |name, media: &str, query: &str, refusal| get(name, &format!("thumbnail/clinic.test/{media}?{query}"), refusal);
    vec![
        get("media of nobody", "download/clinic.test/nothing", NOT_FOUND),
        get("media of another server", "download/elsewhere.test/<media>", NOT_FOUND),
        get("media of no server", "download/a%20b/<media>", INVALID),
        get("a path upwards", "download/clinic.test/..%2F..%2F..%2Fconsult.db", NOT_FOUND),
        get("a media id with a NUL", "download/clinic.test/%00", NOT_FOUND),
        get("a media id that is not UTF-8", "download/clinic.test/%ff", INVALID),
        get("a media id that is too long", "download/clinic.test/<long>", NOT_FOUND),
        get("a time below zero", "download/clinic.test/<media>?timeout_ms=-1", INVALID),
        get("a range behind the end", "download/clinic.test/<media>", (416, "M_UNKNOWN")).with("range", "bytes=100-"),
        upload("a file name that is too long", &format!("?filename={}", "x".repeat(2_000)), INVALID),
        upload("a content type that is too long", "", INVALID).with("content-type", "x".repeat(2_000)),
        upload("a size above the limit, said before", "", TOO_LARGE).with("content-length", "200000000"),
        row("content for an id of nobody", Anna, "PUT /_matrix/media/v3/upload/clinic.test/nothing", "x", NOT_FOUND),
        row("content for an id of another server", Anna, "PUT /_matrix/media/v3/upload/elsewhere.test/x", "x", NOT_FOUND),
        row("content for an id that has some", Anna, "PUT /_matrix/media/v3/upload/clinic.test/<media>", "x", (409, "M_CANNOT_OVERWRITE_MEDIA")),
        thumbnail("no size", "<media>", "", (400, "M_MISSING_PARAM")),
        thumbnail("a size of nothing", "<media>", "width=0&height=0", INVALID),
        thumbnail("a size below zero", "<media>", "width=-1&height=5", INVALID),
        thumbnail("a size that no number holds", "<media>", "width=99999999999999999999&height=5", INVALID),
        thumbnail("a method of nobody", "<media>", "width=5&height=5&method=melt", INVALID),
        thumbnail("a thumbnail of a text", "<media>", "width=5&height=5", (400, "M_UNKNOWN")),
        thumbnail("a thumbnail of a bomb", "<bomb>", "width=5&height=5", TOO_LARGE),
        row("old media without a token", crate::table::Who::Nobody, "GET /_matrix/media/v3/download/clinic.test/<media>", "", NOT_FOUND),
    ]
}
