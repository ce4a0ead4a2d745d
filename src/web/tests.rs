//! What a browser gets, asked without a socket.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use axum::body::{Body, to_bytes};
use consilium_config::brand::KeeperIdentity;
use consilium_config::{Brand, Config, TenantSlug};
use consilium_homeserver::Context;
use consilium_homeserver::context::ManualClock;
use http::{HeaderMap, Request as HttpRequest};
use rust_embed::{EmbeddedFile, Metadata};
use serde_json::Value;

use super::headers::MediaSources;
use super::*;

const NONCE: [u8; 16] = [7; 16];

fn site(origin: &str) -> Site {
    let text = format!(
        "consult = {{ enabled = false }}\n[tenants.clinic]\nserver_name = \"clinic.example\"\n\
         origins = {{ public = \"{origin}\", console = \"http://127.0.0.1:8009\" }}\n"
    );
    let config = Config::read(&text, Path::new("/"), []).unwrap();
    let tenant = config.tenants[&"clinic".parse::<TenantSlug>().unwrap()].clone();
    let brand = Brand::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("config/brands/demo-clinic")).unwrap();
    let keeper = KeeperIdentity { user_id: "@keeper:clinic.example".to_owned(), master_key: Some("key".to_owned()) };
    Site::new(tenant, Some(brand), keeper).unwrap()
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = HttpRequest::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

async fn read(response: Response) -> (StatusCode, HeaderMap, String) {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn get(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let site = site("http://127.0.0.1:8008");
    read(respond(&site, PublicApp::Patient, &request("GET", path, headers), &Nonce::of(NONCE))).await
}

/// An app of three files, one of them compressed.
fn files(path: &str) -> Option<EmbeddedFile> {
    let data: &'static [u8] = match path {
        "index.html" => {
            b"<html lang=\"__BRAND_LANGUAGE__\"><title>__BRAND_NAME__</title><meta nonce=\"__CSP_NONCE__\" content=\"__BRAND_COLOR__\">"
        }
        "assets/app-1a2b.js" => b"plain",
        "assets/app-1a2b.js.br" => b"brotli",
        "sw.js" => b"worker __PAGE_REVISION__",
        _ => return None,
    };
    Some(EmbeddedFile { data: data.into(), metadata: Metadata::__rust_embed_new([9; 32], None, None, "") })
}

async fn open(app: PublicApp, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let files = App::from_files(files);
    let request = request("GET", path, headers);
    read(page_or_asset(&site("https://clinic.example"), app, &files, &request, &Nonce::of(NONCE))).await
}

#[tokio::test]
async fn the_brand_is_served_in_the_language_asked_for() {
    let (status, headers, body) = get("/.well-known/consilium/brand.json", &[("accept-language", "en-GB")]).await;
    assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"application/json".parse().unwrap()));
    let brand: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&brand["name"], &brand["app"]), (&"Yasen Clinic".into(), &"patient".into()));
    assert_eq!(brand["server"]["keeper_master_key"], "key");
    let (_, _, body) = get("/.well-known/consilium/brand.json?language=ru", &[("accept-language", "en")]).await;
    assert!(body.contains("Клиника «Ясень»"));
}

#[tokio::test]
async fn a_brands_files_are_served_and_no_others() {
    let (status, headers, body) = get("/brand/logo.svg", &[]).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/svg+xml"));
    assert!(body.starts_with("<svg") && headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    let (status, headers, icon) = get("/favicon.ico", &[]).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/svg+xml"));
    assert_ne!(icon, body);
    let (status, headers, _) = get("/apple-touch-icon.png", &[]).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "image/png"));
    let (_, headers, _) = get("/brand/logo.svg", &[]).await;
    let tag = headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(get("/brand/logo.svg", &[("if-none-match", &tag)]).await.0, StatusCode::NOT_MODIFIED);
    for path in ["/brand/brand.toml", "/brand/../brand.toml", "/brand/", "/brand/legal/none", "/brand/%2e%2e/x"] {
        assert_eq!(get(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_legal_document_is_a_page_without_scripts() {
    let (status, headers, body) = get("/brand/legal/privacy?language=en", &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains("<h1>Privacy</h1>") && body.contains("lang=\"en\""), "{body}");
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'nonce-0707"), "{policy}");
    assert!(!policy.contains("script-src"));
}

#[tokio::test]
async fn whoever_finds_a_fault_reads_where_to_report_it_and_until_when_that_holds() {
    let ask = async |site: &Site, app| {
        let request = request("GET", "/.well-known/security.txt", &[]);
        read(respond(site, app, &request, &Nonce::of(NONCE))).await
    };
    // 2026-11-30T12:00:00Z
    let clock = ManualClock::at(1_796_040_000_000);
    let mut site = site("https://clinic.example").by_clock_of(Context::fixed(clock.clone(), 1));
    let (status, headers, text) = ask(&site, PublicApp::Patient).await;
    assert_eq!((status, &headers["content-type"]), (StatusCode::OK, &"text/plain; charset=utf-8".parse().unwrap()));
    assert!(text.starts_with("Contact: mailto:security@yasen.example\nExpires: 2027-05-29T23:59:59Z\n"), "{text}");
    assert!(text.contains("Canonical: https://clinic.example/.well-known/security.txt\n"), "{text}");
    assert!(!text.contains("http://127.0.0.1:8009"), "an address without encryption is none: {text}");
    assert_eq!(ask(&site, PublicApp::Console).await.2, text);
    clock.advance_ms(24 * 3_600_000);
    assert!(ask(&site, PublicApp::Patient).await.2.contains("Expires: 2027-05-30"), "it holds on by itself");
    site.brand.as_mut().unwrap().contacts.security = None;
    assert_eq!(ask(&site, PublicApp::Patient).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_manifest_is_made_from_the_brand() {
    let (_, headers, body) = get("/manifest.webmanifest", &[("accept-language", "ru")]).await;
    assert_eq!(headers["content-type"].to_str().unwrap(), "application/manifest+json");
    let manifest: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&manifest["name"], &manifest["theme_color"]), (&"Клиника «Ясень»".into(), &"#0b6e5f".into()));
    let icons = manifest["icons"].as_array().unwrap();
    for purpose in ["any", "maskable"] {
        assert_eq!(icons.iter().filter(|icon| icon["purpose"] == purpose).count(), 2, "{purpose}");
    }
    for icon in icons {
        assert_eq!(get(icon["src"].as_str().unwrap(), &[]).await.0, StatusCode::OK);
    }
}

#[test]
fn a_page_may_reach_the_media_server_that_is_configured_and_no_other() {
    let policy = |media: &MediaSources| {
        let origin = "https://clinic.example".to_owned().try_into().unwrap();
        headers::app_policy(&Nonce::of(NONCE), &origin, media).to_str().unwrap().to_owned()
    };
    assert!(policy(&MediaSources::default()).contains("connect-src 'self' https://clinic.example; "));
    let with_media = policy(&MediaSources::of("wss://media.example/"));
    assert!(
        with_media.contains("connect-src 'self' https://clinic.example wss://media.example https://media.example; "),
        "{with_media}"
    );
}

#[tokio::test]
async fn a_page_carries_nonce_and_brand_and_a_strict_policy() {
    let (status, headers, body) =
        open(PublicApp::Console, "/queue/42", &[("accept", "text/html"), ("accept-language", "en")]).await;
    assert_eq!(status, StatusCode::OK);
    let nonce = "07".repeat(16);
    assert_eq!(
        body,
        format!("<html lang=\"en\"><title>Yasen Clinic</title><meta nonce=\"{nonce}\" content=\"#0b6e5f\">")
    );
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains(&format!("style-src 'self' 'nonce-{nonce}'")), "{policy}");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("frame-ancestors 'none'"));
    assert!(policy.contains("connect-src 'self' https://clinic.example;"));
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*'));
    assert_eq!(headers["cache-control"], "no-cache");
}

/// An app whose page has the brand in it.
fn page_with_brand(path: &str) -> Option<EmbeddedFile> {
    let data: &'static [u8] = match path {
        "index.html" => b"<script type=\"application/json\">__BRAND_JSON__</script>",
        "sw.js" => b"worker __PAGE_REVISION__",
        _ => return None,
    };
    Some(EmbeddedFile { data: data.into(), metadata: Metadata::__rust_embed_new([9; 32], None, None, "") })
}

#[tokio::test]
async fn a_page_brings_the_brand_along_and_what_that_says_makes_no_other_worker() {
    let files = App::from_files(page_with_brand);
    let ask = |site: &Site, path: &str| {
        let request = request("GET", path, &[("accept", "text/html"), ("accept-language", "en")]);
        read(page_or_asset(site, PublicApp::Console, &files, &request, &Nonce::of(NONCE)))
    };
    let mut site = site("https://clinic.example");
    let worker = ask(&site, "/sw.js").await.2;
    let greeting = "<b>Hello</b></script><script>";
    site.brand.as_mut().unwrap().texts.get_mut("en").unwrap().insert("home.greeting".to_owned(), greeting.to_owned());
    let (_, _, page) = ask(&site, "/").await;
    let along = page.strip_prefix("<script type=\"application/json\">").unwrap().strip_suffix("</script>").unwrap();
    assert!(!along.contains('<'), "{along}");
    let brand: Value = serde_json::from_str(along).unwrap();
    assert_eq!((&brand["name"], &brand["app"]), (&"Yasen Clinic".into(), &"console".into()));
    assert_eq!(brand["texts"]["en"]["home.greeting"], greeting);
    assert_eq!(ask(&site, "/sw.js").await.2, worker);
}

#[tokio::test]
async fn hashed_files_never_change_and_others_are_asked_for_again() {
    let (_, headers, body) = open(PublicApp::Patient, "/assets/app-1a2b.js", &[]).await;
    assert_eq!(
        (body.as_str(), &headers["cache-control"]),
        ("plain", &"public, max-age=31536000, immutable".parse().unwrap())
    );
    assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
    let (_, headers, _) = open(PublicApp::Patient, "/sw.js", &[]).await;
    assert_eq!(headers["cache-control"], "no-cache");
}

#[tokio::test]
async fn a_worker_differs_when_its_page_would() {
    let files = App::from_files(files);
    let ask = |site: Site, language: &str, tag: &str| {
        let headers = [("accept-language", language), ("if-none-match", tag)];
        read(page_or_asset(&site, PublicApp::Patient, &files, &request("GET", "/sw.js", &headers), &Nonce::of(NONCE)))
    };
    let usual = || site("https://clinic.example");
    let (status, headers, script) = ask(usual(), "en", "").await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "text/javascript; charset=utf-8"));
    assert!(script.starts_with("worker ") && !script.contains("__"), "{script}");
    let tag = headers["etag"].to_str().unwrap();
    assert_eq!(ask(usual(), "en", tag).await.0, StatusCode::NOT_MODIFIED);
    assert_eq!(ask(usual(), "ru", tag).await.0, StatusCode::NOT_MODIFIED, "a language is no new version");
    let (status, _, changed) = ask(usual().with_media(Some("wss://media.example")), "en", tag).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(changed, script);
}

#[tokio::test]
async fn a_worker_may_load_its_scripts_and_reach_the_api() {
    let (_, headers, _) = open(PublicApp::Patient, "/sw.js", &[]).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https://clinic.example;"),
        "{policy}"
    );
    assert!(!policy.contains("sandbox"));
}

#[tokio::test]
async fn who_accepts_a_coding_gets_the_compressed_file() {
    for (accepted, body, coding) in [
        ("gzip, br", "brotli", Some("br")),
        ("gzip", "plain", None),
        ("br;q=0, gzip", "plain", None),
        ("", "plain", None),
    ] {
        let (_, headers, text) =
            open(PublicApp::Patient, "/assets/app-1a2b.js", &[("accept-encoding", accepted)]).await;
        let found = headers.get("content-encoding").map(|coding| coding.to_str().unwrap());
        assert_eq!((text.as_str(), found), (body, coding), "{accepted}");
        assert_eq!(headers["vary"], "accept-encoding");
    }
}

#[tokio::test]
async fn a_missing_file_is_not_answered_by_a_page() {
    for path in ["/assets/lost.js", "/logo.png", "/assets/app-1a2b.js.br"] {
        assert_eq!(open(PublicApp::Patient, path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let script = [("accept", "application/json")];
    assert_eq!(open(PublicApp::Patient, "/conversation", &script).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_has_the_headers_that_protect() {
    for path in ["/", "/brand/logo.svg", "/.well-known/consilium/brand.json", "/nothing.js", "/manifest.webmanifest"] {
        let (_, headers, _) = get(path, &[]).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{path}");
        }
        assert!(headers["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'none'"), "{path}");
        assert!(headers["permissions-policy"].to_str().unwrap().contains("geolocation=()"), "{path}");
        assert!(!headers.contains_key("strict-transport-security"), "{path}: loopback has no https");
    }
    let secure = site("https://clinic.example");
    let response = respond(&secure, PublicApp::Patient, &request("GET", "/", &[]), &Nonce::of(NONCE));
    assert!(response.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn only_reading_is_possible_and_a_head_has_no_body() {
    let site = site("http://127.0.0.1:8008");
    let nonce = Nonce::of(NONCE);
    let response = respond(&site, PublicApp::Patient, &request("POST", "/brand/logo.svg", &[]), &nonce);
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    let (status, headers, body) =
        read(respond(&site, PublicApp::Patient, &request("HEAD", "/brand/logo.svg", &[]), &nonce)).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, ""));
    assert_ne!(headers["content-length"], "0");
    let document = request("HEAD", "/.well-known/consilium/brand.json", &[]);
    let (_, headers, body) = read(respond(&site, PublicApp::Patient, &document, &nonce)).await;
    assert!(body.is_empty() && headers["content-length"].to_str().unwrap().parse::<usize>().unwrap() > 500);
}

#[tokio::test]
async fn without_a_built_app_the_page_says_how_to_build_it() {
    let none = App::from_files(|_| None);
    let request = request("GET", "/", &[("accept", "text/html")]);
    let site = site("http://127.0.0.1:8008");
    let (status, _, body) = read(page_or_asset(&site, PublicApp::Patient, &none, &request, &Nonce::of(NONCE))).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(body.contains("make build"), "{body}");
}

#[tokio::test]
async fn the_call_back_form_is_framed_by_the_brands_sites_and_nobody_else() {
    let (status, headers, body) = get("/embed/callback?language=en", &[]).await;
    assert_eq!(status, StatusCode::OK);
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.ends_with("frame-ancestors 'self' https://www.yasen.example"), "{policy}");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-07070707"), "{policy}");
    assert!(body.contains("data-brand=\"Yasen Clinic\"") && body.contains("--scheme:light;--"), "{body}");
    assert!(body.contains("href=\"/embed/callback.css\"") && !body.contains("__"), "every mark is filled in: {body}");
    for (file, kind) in
        [("callback.js", "text/javascript"), ("solve.js", "text/javascript"), ("callback.css", "text/css")]
    {
        let (status, headers, _) = get(&format!("/embed/{file}"), &[]).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        assert!(headers["content-type"].to_str().unwrap().starts_with(kind), "{file}");
        let tag = headers["etag"].to_str().unwrap();
        assert_eq!(get(&format!("/embed/{file}"), &[("if-none-match", tag)]).await.0, StatusCode::NOT_MODIFIED);
    }
    for path in ["/embed/", "/embed/callback.html", "/embed/../mod.rs"] {
        assert_eq!(get(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_form_follows_the_theme_asked_for_and_needs_a_brand_that_has_it() {
    let dark = get("/embed/callback?theme=dark", &[]).await.2;
    assert!(dark.contains(":root{--scheme:dark;") && !dark.contains("prefers-color-scheme"));
    assert!(get("/embed/callback?theme=auto", &[]).await.2.contains("prefers-color-scheme:dark"));
    let mut site = site("http://127.0.0.1:8008");
    let nonce = Nonce::of(NONCE);
    let asked = || request("GET", "/embed/callback", &[]);
    assert_eq!(respond(&site, PublicApp::Console, &asked(), &nonce).status(), StatusCode::NOT_FOUND);
    site.brand.as_mut().unwrap().callback_form = None;
    assert_eq!(respond(&site, PublicApp::Patient, &asked(), &nonce).status(), StatusCode::NOT_FOUND);
}
