//! The built apps, embedded into the binary: types, caching, compression.
//!
//! A file `x` may stand beside `x.br` and `x.gz`, made when the apps are built; who accepts such a coding gets it. Files below `assets/` have
//! a hash of their content in the name: they never change. All others are asked for again each time, and answered 304 while they are the same.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::brand::PublicApp;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};

/// The patients' app, `clients/patient/dist`; empty where it was not built.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/clients/patient/dist"]
#[allow_missing = true]
struct Patient;

/// The operators' console, `clients/console/dist`; empty where it was not built.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/clients/console/dist"]
#[allow_missing = true]
struct Console;

/// The files of one app.
pub struct App {
    get: fn(&str) -> Option<EmbeddedFile>,
}

impl App {
    /// The files of `app`.
    pub fn of(app: PublicApp) -> Self {
        match app {
            PublicApp::Patient => Self { get: Patient::get },
            PublicApp::Console => Self { get: Console::get },
        }
    }

    /// An app whose files are `get`. For tests.
    #[cfg(test)]
    pub fn from_files(get: fn(&str) -> Option<EmbeddedFile>) -> Self {
        Self { get }
    }

    /// One file, uncompressed; `None` where there is none.
    pub fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        (self.get)(path).map(|file| file.data)
    }
}

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Keep it, and ask each time whether it is still the same.
pub const ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Codings in the order of preference, with the ending of their files.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The file at `path`; `None` when the app has no such file.
pub fn respond(app: &App, path: &str, request: &Request) -> Option<Response> {
    if CODINGS.iter().any(|(_, ending)| path.ends_with(ending)) {
        return None;
    }
    let plain = (app.get)(path)?;
    let tag = entity_tag(&plain.metadata.sha256_hash());
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|codings| codings.to_str().ok()).unwrap_or_default();
    let mut coded = CODINGS.into_iter().filter(|(coding, _)| accepts(accepted, coding));
    let coded = coded.find_map(|(coding, ending)| Some((coding, (app.get)(&format!("{path}{ending}"))?)));

    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, if path.starts_with("assets/") { FOREVER } else { ASK });
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::CONTENT_TYPE, media_type(path));
    if is_same(request.headers(), &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Some(response);
    }
    let data = match coded {
        Some((coding, file)) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            file.data
        }
        None => plain.data,
    };
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(data.len()));
    *response.body_mut() = match data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    Some(response)
}

/// Content type of a file by its name, with the character set of texts.
pub fn media_type(path: &str) -> HeaderValue {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = guess.type_() == mime_guess::mime::TEXT || matches!(guess.subtype().as_str(), "javascript" | "json");
    let text = if is_text { format!("{}; charset=utf-8", guess.essence_str()) } else { guess.essence_str().to_owned() };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// Whether the file is a script, which may be the one of a worker.
pub fn is_script(path: &str) -> bool {
    mime_guess::from_path(path).first_raw() == Some("text/javascript")
}

/// A strong entity tag of content with this SHA-256.
pub fn entity_tag(hash: &[u8; 32]) -> HeaderValue {
    HeaderValue::try_from(format!("\"{}\"", hex::encode(&hash[..16]))).expect("hexadecimal digits are a header value")
}

/// Whether the client has the content of `tag` already (RFC 9110 §13.1.2, weak comparison).
pub fn is_same(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    known.split(',').any(|known| known.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes())
}

/// Whether an `Accept-Encoding` header names `coding` and does not refuse it (RFC 9110 §12.5.3).
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut parts = part.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        named && weight > 0.0
    })
}
