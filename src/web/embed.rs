//! The call-back form that a partner's site shows in a frame: one page, its style, its script and the script of its worker.
//!
//! ```html
//! <iframe src="https://clinic.example/embed/callback?language=ru" title="…"></iframe>
//! ```
//!
//! `?theme=` is `light` (without it), `dark` or `auto`. Only the sites that the brand names (`callback_form.origins`) may frame it; a brand without the form has
//! no such page. It tells the page around it its height and that an order was made, by `postMessage`, and nothing else.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::Brand;
use consilium_config::brand::palette::{Palette, Palettes};
use consilium_config::brand::{CallbackForm, PublicApp};
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

use super::headers::{self, Nonce};
use super::page::{escape, html};
use super::site::Site;
use super::{assets, not_found};

/// Path of the page.
const PAGE: &str = "callback";
/// The page's template; the marks are replaced in each response.
const TEMPLATE: &str = include_str!("embed/callback.html");
/// What the page loads, by name.
const FILES: [(&str, &str); 3] = [
    ("callback.css", include_str!("embed/callback.css")),
    ("callback.js", include_str!("embed/callback.js")),
    ("solve.js", include_str!("embed/solve.js")),
];
/// The document that the consent refers to, where the brand has one.
const PRIVACY: &str = "privacy";

/// `GET /embed/<name>`
pub fn respond(site: &Site, app: PublicApp, name: &str, request: &Request, nonce: &Nonce) -> Response {
    let Some(brand) = site.brand_now().filter(|_| app == PublicApp::Patient) else { return not_found() };
    let Some(form) = &brand.callback_form else { return not_found() };
    if name == PAGE {
        return page(site, &brand, form, request, nonce);
    }
    match FILES.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => file(name, text, request),
        None => not_found(),
    }
}

fn page(site: &Site, brand: &Brand, form: &CallbackForm, request: &Request, nonce: &Nonce) -> Response {
    let language = site.language(request);
    let is_russian = language == "ru";
    let (title, noscript) = if is_russian {
        ("Заказать звонок", "Для этой формы нужен JavaScript.")
    } else {
        ("Order a call", "This form needs JavaScript.")
    };
    let has_privacy = brand.legal.iter().any(|document| document.id == PRIVACY);
    let privacy = if has_privacy { format!("/brand/legal/{PRIVACY}?language={language}") } else { String::new() };
    let page = TEMPLATE
        .replace("__CSP_NONCE__", &nonce.to_string())
        .replace("__PALETTE__", &palette(brand, theme(request)))
        .replace("__LANGUAGE__", &escape(language))
        .replace("__TITLE__", title)
        .replace("__NOSCRIPT__", noscript)
        .replace("__BRAND_NAME__", &escape(brand.name.get(language, &brand.default_language)))
        .replace("__TIME_ZONE__", &escape(&brand.time_zone))
        .replace("__PRIVACY__", &escape(&privacy));
    html(StatusCode::OK, page, headers::embed_policy(nonce, &form.origins))
}

fn file(name: &str, text: &'static str, request: &Request) -> Response {
    let tag = assets::entity_tag(&Sha256::digest(text.as_bytes()).into());
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, assets::ASK);
    headers.insert(header::ETAG, tag.clone());
    headers.insert(header::CONTENT_TYPE, assets::media_type(name));
    if assets::is_script(name) {
        // The worker lives under the policy of its own file: it reaches nothing.
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    }
    if assets::is_same(request.headers(), &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
        *response.body_mut() = Body::from(text);
    }
    response
}

/// Light or dark. A partner's page is light more often than not, and the frame has to fit it, not the reader's machine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Theme {
    Light,
    Dark,
    Auto,
}

fn theme(request: &Request) -> Theme {
    let query = request.uri().query().unwrap_or_default();
    match query.split('&').find_map(|pair| pair.strip_prefix("theme=")) {
        Some("dark") => Theme::Dark,
        Some("auto") => Theme::Auto,
        _ => Theme::Light,
    }
}

/// The brand's roles as custom properties.
fn palette(brand: &Brand, theme: Theme) -> String {
    let palettes = Palettes::derive(&brand.colors);
    let root = |palette: &Palette, scheme: &str| format!(":root{{--scheme:{scheme};{}}}", properties(palette));
    let (light, dark) = (root(&palettes.light, "light"), root(&palettes.dark, "dark"));
    match theme {
        Theme::Light => light,
        Theme::Dark => dark,
        Theme::Auto => format!("{light}@media (prefers-color-scheme:dark){{{dark}}}"),
    }
}

fn properties(palette: &Palette) -> String {
    // A palette is a flat map of colours; their names are the apps' token names.
    let roles = serde_json::to_value(palette).unwrap_or_default();
    let roles = roles.as_object().into_iter().flatten();
    roles.filter_map(|(role, color)| Some(format!("--{role}:{};", color.as_str()?))).collect()
}
