//! The web app manifest, made from the brand. Source: W3C Web Application Manifest.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::brand::{PublicApp, palette::Palettes};
use http::{HeaderValue, header};
use serde_json::{Value, json};

use super::site::Site;
use super::{assets, not_found};

/// `GET /manifest.webmanifest`
pub fn respond(site: &Site, app: PublicApp, request: &Request) -> Response {
    let Some(brand) = &site.brand else { return not_found() };
    let language = site.language(request);
    let name = brand.name.get(language, &brand.default_language);
    let mut icons = purposes(&json!({ "src": format!("/brand/{}", brand.logo.icon), "sizes": "any" }));
    if let Some(file) = &brand.logo.icon_png {
        icons.extend(purposes(&json!({ "src": format!("/brand/{file}"), "sizes": "512x512", "type": "image/png" })));
    }
    let manifest = json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": language,
        "dir": "auto",
        "start_url": "/",
        "scope": "/",
        "display": match app { PublicApp::Patient => "standalone", PublicApp::Console => "minimal-ui" },
        "background_color": Palettes::derive(&brand.colors).light.surface,
        "theme_color": brand.colors.brand,
        "icons": icons,
    });
    let mut response = Response::new(Body::from(manifest.to_string()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    headers.insert(header::CACHE_CONTROL, assets::ASK);
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

/// The same picture as it is and cut to the system's shape: an icon that says both at once is drawn with the cut's margins everywhere.
fn purposes(icon: &Value) -> Vec<Value> {
    let with = |purpose: &str| {
        let mut icon = icon.clone();
        icon["purpose"] = purpose.into();
        icon
    };
    vec![with("any"), with("maskable")]
}
