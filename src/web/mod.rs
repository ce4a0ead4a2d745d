//! The web side of the binary: serves the two apps, the brand and its files, under strict headers.
//!
//! ```text
//! GET /.well-known/consilium/brand.json   the brand, by Host            brand.rs
//! GET /.well-known/security.txt           where faults are reported    brand.rs
//! GET /brand/<file>, /brand/legal/<id>    logos, icons, documents       brand.rs
//! GET /favicon.ico                        the brand's icon               brand.rs
//! GET /apple-touch-icon.png               the same in pixels            brand.rs
//! GET /manifest.webmanifest               made from the brand           manifest.rs
//! GET /embed/callback                     the form for partners' sites  embed.rs
//! GET /sw.js                              the app's service worker      worker.rs
//! GET /<file of the app>                  embedded, hashed, compressed  assets.rs
//! GET /<anything else a browser opens>    index.html with the brand     page.rs
//! ```
//!
//! Which app an origin serves: the console on the console's listener and hosts, else the patients' app. An origin serves one app and nothing
//! of the other, so that a script injected into one holds no token of the other.
//!
//! Deliberately absent: sessions, cookies, templates; any API.

mod assets;
mod brand;
mod embed;
mod headers;
mod manifest;
mod page;
mod site;
mod worker;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::brand::PublicApp;
use http::{Method, StatusCode, header};

pub use headers::Nonce;
pub use page::escape;
pub use site::Site;

use assets::App;

/// Path of what partners' sites may show in a frame.
const EMBED: &str = "/embed/";

/// Answers a request for the web side of `site`. `app` is what the asked origin serves.
pub fn respond(site: &Site, app: PublicApp, request: &Request, nonce: &Nonce) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET is possible here.\n");
    }
    let path = request.uri().path();
    let mut response = match path.strip_prefix("/brand/") {
        Some(file) => brand::file(site, file, request, nonce),
        None if path.starts_with(EMBED) => embed::respond(site, app, &path[EMBED.len()..], request, nonce),
        None if path == "/.well-known/consilium/brand.json" => brand::document(site, app, request),
        None if path == "/.well-known/security.txt" => brand::security(site),
        None if path == "/favicon.ico" => brand::icon(site, request),
        None if path == "/apple-touch-icon.png" => brand::icon_png(site, request),
        None if path == "/manifest.webmanifest" => manifest::respond(site, app, request),
        None => page_or_asset(site, app, &App::of(app), request, nonce),
    };
    headers::harden(response.headers_mut(), site.is_https());
    if request.method() == Method::HEAD {
        // The length is the one that a GET would have.
        if let Some(length) = hyper::body::Body::size_hint(response.body()).exact() {
            response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

fn page_or_asset(site: &Site, app: PublicApp, files: &App, request: &Request, nonce: &Nonce) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if !site.has_brand() {
        return page::bare(site);
    }
    let file = match path {
        page::INDEX => None,
        worker::FILE => worker::respond(site, files, request),
        path => assets::respond(files, path, request),
    };
    if let Some(mut response) = file {
        if assets::is_script(path) {
            let policy = headers::script_policy(&site.tenant.origins.public);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        return response;
    }
    if is_navigation(path, request) { page::respond(site, app, files, request, nonce) } else { not_found() }
}

/// Whether a browser opens a page, rather than that a page misses a file: a missing script must not be answered by HTML.
fn is_navigation(path: &str, request: &Request) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or("*/*");
    !last.contains('.') && (accept.contains("text/html") || accept.contains("*/*")) || path == page::INDEX
}

/// Whether the binary holds the app.
pub fn is_built(app: PublicApp) -> bool {
    App::of(app).file(page::INDEX).is_some()
}

fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing here.\n")
}

/// A short text answer.
pub fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, http::HeaderValue::from_static("text/plain; charset=utf-8"));
    headers::harden(response.headers_mut(), false);
    response
}

/// The sites of all tenants, by slug.
pub type Sites = std::collections::BTreeMap<consilium_config::TenantSlug, Arc<Site>>;

#[cfg(test)]
mod tests;
