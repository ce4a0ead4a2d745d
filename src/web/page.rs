//! Pages: an app's `index.html` with the nonce and the brand written in, and what is shown where there is no app.
//!
//! The built `index.html` may hold these marks, which are replaced in each response: `__CSP_NONCE__`, `__BRAND_NAME__`, `__BRAND_LANGUAGE__`,
//! `__BRAND_COLOR__`, and `__BRAND_JSON__`: all of the brand, which a page that a server gives need not ask for. The patients' app shows the name before
//! anything else has come.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::Brand;
use consilium_config::brand::PublicApp;
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

use super::assets::App;
use super::brand::json;
use super::headers::{self, Nonce};
use super::site::Site;

/// The page of an app.
pub const INDEX: &str = "index.html";

/// `index.html` of the app, whatever its path: the app's own router reads the address.
pub fn respond(site: &Site, app: PublicApp, files: &App, request: &Request, nonce: &Nonce) -> Response {
    let Some(index) = files.file(INDEX) else { return not_built(app, nonce) };
    let Some(brand) = &site.brand else { return bare(site) };
    let language = site.language(request);
    let along = json(site, app, language).unwrap_or_default();
    let (page, policy) = filled(site, brand, &index, &Filling { language, along: &along, nonce });
    html(StatusCode::OK, page, policy)
}

/// What tells one page of the app from another: the build, the brand's marks, where it may go. `None`: there is no page.
///
/// The same in every language: who reads in two is not told of a new version each time. And the same whatever the brand's texts say: an app that a
/// worker opens asks for them.
pub fn revision(site: &Site, files: &App) -> Option<String> {
    let (index, brand) = (files.file(INDEX)?, site.brand.as_ref()?);
    let nonce = &Nonce::of([0; 16]);
    let hash = brand.languages.iter().fold(Sha256::new(), |hash, language| {
        let (page, policy) = filled(site, brand, &index, &Filling { language, along: "", nonce });
        hash.chain_update(page).chain_update(policy.as_bytes())
    });
    Some(hex::encode(&hash.finalize()[..8]))
}

/// What is another in each response.
struct Filling<'a> {
    language: &'a str,
    /// The brand as JSON.
    along: &'a str,
    nonce: &'a Nonce,
}

fn filled(site: &Site, brand: &Brand, index: &[u8], filling: &Filling<'_>) -> (String, HeaderValue) {
    let Filling { language, along, nonce } = *filling;
    let page = String::from_utf8_lossy(index)
        .replace("__CSP_NONCE__", &nonce.to_string())
        .replace("__BRAND_NAME__", &escape(brand.name.get(language, &brand.default_language)))
        .replace("__BRAND_LANGUAGE__", &escape(language))
        .replace("__BRAND_COLOR__", &brand.colors.brand.to_string())
        // Last: what it says holds no marks. Nothing in it ends the element that it stands in.
        .replace("__BRAND_JSON__", &along.replace('<', "\\u003c"));
    (page, headers::app_policy(nonce, &site.tenant.origins.public, &site.media))
}

/// A page that says something, in the brand's plain dress.
pub fn text(title: &str, language: &str, content: &str, nonce: &Nonce) -> Response {
    let (title, language) = (escape(title), escape(language));
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <style nonce=\"{nonce}\">body{{font:1.125rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}\
         h1{{font-size:1.75rem;line-height:1.25}}h2{{font-size:1.25rem;line-height:1.25;margin-top:2rem}}code{{font-size:.95em}}</style>\
         </head><body><main><h1>{title}</h1>\n{content}</main></body></html>\n"
    );
    html(StatusCode::OK, page, headers::text_policy(nonce))
}

/// The binary was built without the app: says how to build it.
fn not_built(app: PublicApp, nonce: &Nonce) -> Response {
    let folder = match app {
        PublicApp::Patient => "clients/patient",
        PublicApp::Console => "clients/console",
    };
    let content = format!(
        "<p>This binary was built without the web app of this address: <code>{folder}/dist</code> was empty when it was compiled.</p>\
         <p>Build both with <code>make build</code>, or start everything with <code>make run</code>. The APIs work without it.</p>"
    );
    let mut response = text("The app is not built", "en", &content, nonce);
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}

/// A tenant without a brand has no apps: a Matrix homeserver alone.
pub fn bare(site: &Site) -> Response {
    let text = format!("{} is a Matrix homeserver. Its API is below /_matrix/.\n", site.tenant.server_name);
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// A page under its policy.
pub fn html(status: StatusCode, page: String, policy: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// Text as HTML, also inside a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
