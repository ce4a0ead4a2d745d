//! The service worker of an app: the built file with the page's revision written into it.
//!
//! A browser with the worker opens the app from what it keeps: the page and the headers that it came with, among them where the page may go. It
//! fetches both again when the worker's file differs, so the file differs whenever the page would: by the build, and by this installation's brand and
//! settings, which the build does not know.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

use super::assets::{self, App};
use super::page;
use super::site::Site;

/// Where it lies: at the root, so that all of the app is in its scope.
pub const FILE: &str = "sw.js";
/// Stands in the built file where the page's revision belongs (`clients/patient/vite.config.ts`).
const MARK: &str = "__PAGE_REVISION__";

/// `GET /sw.js`; `None` when the app has no worker.
pub fn respond(site: &Site, files: &App, request: &Request) -> Option<Response> {
    let script = files.file(FILE)?;
    let text = String::from_utf8_lossy(&script).replace(MARK, &page::revision(site, files)?);
    let tag = assets::entity_tag(&Sha256::digest(text.as_bytes()).into());
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, assets::ASK);
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::CONTENT_TYPE, assets::media_type(FILE));
    if assets::is_same(request.headers(), &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
        *response.body_mut() = Body::from(text);
    }
    Some(response)
}
