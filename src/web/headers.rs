//! Response headers that keep a page from doing what it must not, and others from doing it to the page.

use std::fmt;

use consilium_config::Origin;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// A random value that marks the styles of one response as ours.
#[derive(Debug, Clone)]
pub struct Nonce(String);

impl Nonce {
    /// The nonce of these random bytes.
    pub fn of(random: [u8; 16]) -> Self {
        Self(hex::encode(random))
    }
}

impl fmt::Display for Nonce {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where a page may reach the media server: by web socket, and by HTTP, which its client asks before.
#[derive(Debug, Clone, Default)]
pub struct MediaSources(String);

impl MediaSources {
    /// Those of a media server at `ws://…` or `wss://…`; the address was checked when it was read.
    pub fn of(url: &str) -> Self {
        let url = url.trim_end_matches('/');
        Self(format!(" {url} {}", url.replacen("ws", "http", 1)))
    }
}

impl fmt::Display for MediaSources {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The policy of an app's page. The app speaks to its own origin, to `api` and to `media`; its crypto is WebAssembly; its styles carry the nonce.
pub fn app_policy(nonce: &Nonce, api: &Origin, media: &MediaSources) -> HeaderValue {
    policy(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; \
         font-src 'self'; media-src 'self' blob:; connect-src 'self' {api}{media}; worker-src 'self'; manifest-src 'self'; frame-src 'none'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ))
}

/// The policy of a script: a service worker lives under that of its own file, which is the page's without styles.
pub fn script_policy(api: &Origin) -> HeaderValue {
    policy(format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' {api}; worker-src 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    ))
}

/// The policy of a page that only says something: no script, one style that carries the nonce.
pub fn text_policy(nonce: &Nonce) -> HeaderValue {
    policy(format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ))
}

/// The policy of the call-back form: its own scripts, style and API, in the frames of these sites and its own.
pub fn embed_policy(nonce: &Nonce, sites: &[Origin]) -> HeaderValue {
    let sites = sites.iter().fold(String::new(), |list, site| format!("{list} {site}"));
    policy(format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; worker-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'{sites}"
    ))
}

/// The policy of a file: whatever it holds, opened by itself it does nothing.
pub const FILE_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");

fn policy(text: String) -> HeaderValue {
    // Nonce and origin are of characters that a header may hold; an origin was checked when it was read.
    HeaderValue::try_from(text).expect("a policy is a header value")
}

/// Headers that every response of the web side has. A policy that stands already is kept.
pub fn harden(headers: &mut HeaderMap, https: bool) {
    const ALWAYS: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), screen-wake-lock=(self), geolocation=(), \
             payment=(), usb=(), serial=(), hid=(), midi=(), browsing-topics=()",
        ),
    ];
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(FILE_POLICY);
    if https {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
}
