//! The brand as a browser sees it: `brand.json`, pictures and legal documents; and `security.txt`, for who found a fault.

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use consilium_config::brand::PublicApp;
use http::{HeaderValue, StatusCode, header};

use super::headers::Nonce;
use super::site::Site;
use super::{assets, not_found, page};

/// The brand as an app reads it, as it stands now; `None` where there is none.
pub fn json(site: &Site, app: PublicApp, language: &str) -> Option<String> {
    let public = site.brand_now()?.public(&site.tenant, app, language, site.keeper.clone());
    // The type holds texts and lists only.
    Some(serde_json::to_string(&public).expect("a public brand is JSON"))
}

/// `GET /.well-known/consilium/brand.json`
pub fn document(site: &Site, app: PublicApp, request: &Request) -> Response {
    let Some(body) = json(site, app, site.language(request)) else { return not_found() };
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, assets::ASK);
    headers.insert(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

/// `GET /.well-known/security.txt`, of both apps: the brand's own, as it stands now.
pub fn security(site: &Site) -> Response {
    let Some(brand) = site.brand_now() else { return not_found() };
    let Some(security) = &brand.contacts.security else { return not_found() };
    let origins = &site.tenant.origins;
    let origins: Vec<_> = std::iter::once(&origins.public).chain(&origins.console).collect();
    let mut response = Response::new(Body::from(security.text(&brand, &origins, site.today())));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, assets::ASK);
    response
}

/// `GET /brand/<file>`: a picture that `brand.toml` names, or `legal/<id>`, a document as a page. No other file of the folder is served.
pub fn file(site: &Site, name: &str, request: &Request, nonce: &Nonce) -> Response {
    if let Some(id) = name.strip_prefix("legal/").filter(|id| !id.contains('.')) {
        return legal(site, id, request, nonce);
    }
    picture(site, name, request)
}

/// `GET /favicon.ico`: the brand's icon, for what asks without looking at the page.
pub fn icon(site: &Site, request: &Request) -> Response {
    site.brand.as_ref().map_or_else(not_found, |brand| picture(site, &brand.logo.icon, request))
}

/// `GET /apple-touch-icon.png`: the icon for systems that draw no SVG on their home screen.
pub fn icon_png(site: &Site, request: &Request) -> Response {
    let icon = site.brand.as_ref().and_then(|brand| brand.logo.icon_png.as_ref());
    icon.map_or_else(not_found, |icon| picture(site, icon, request))
}

fn picture(site: &Site, name: &str, request: &Request) -> Response {
    let Some(file) = site.files.get(name) else { return not_found() };
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(header::ETAG, file.tag.clone());
    headers.insert(header::CONTENT_TYPE, file.media_type.clone());
    if assets::is_same(request.headers(), &file.tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.bytes.len()));
        *response.body_mut() = Body::from(file.bytes.clone());
    }
    response
}

fn legal(site: &Site, id: &str, request: &Request, nonce: &Nonce) -> Response {
    let Some(brand) = site.brand_now() else { return not_found() };
    let Some(document) = brand.legal.iter().find(|document| document.id == id) else { return not_found() };
    let language = site.language(request);
    let title = document.title.get(language, &brand.default_language);
    if let Some(texts) = &document.texts {
        return page::text(title, language, &plain(texts.get(language, &brand.default_language)), nonce);
    }
    let Some(file) = site.files.get(document.files.get(language, &brand.default_language)) else { return not_found() };
    page::text(title, language, &String::from_utf8_lossy(&file.bytes), nonce)
}

/// A plain text as a page: paragraphs with empty lines between them, `# ` before a heading, `- ` before each line of a list.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(block).collect()
}

fn block(block: &str) -> String {
    let lines: Vec<&str> = block.lines().map(str::trim).collect();
    if let Some(heading) = block.strip_prefix("# ").filter(|_| lines.len() == 1) {
        return format!("<h2>{}</h2>\n", page::escape(heading));
    }
    if let Some(items) = lines.iter().map(|line| line.strip_prefix("- ")).collect::<Option<Vec<_>>>() {
        let items: Vec<String> = items.into_iter().map(page::escape).collect();
        return format!("<ul><li>{}</li></ul>\n", items.join("</li><li>"));
    }
    let lines: Vec<String> = lines.into_iter().map(page::escape).collect();
    format!("<p>{}</p>\n", lines.join("<br>"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_plain_text_becomes_paragraphs_headings_and_lists_and_no_markup_of_its_own() {
        let text =
            "# What we keep\n\nYour name.\nYour <b>words</b>.\n\n- one\n- two & three\n\n# not alone\nbut a line";
        let html = "<h2>What we keep</h2>\n<p>Your name.<br>Your &lt;b&gt;words&lt;/b&gt;.</p>\n\
                    <ul><li>one</li><li>two &amp; three</li></ul>\n<p># not alone<br>but a line</p>\n";
        assert_eq!(plain(text), html);
    }
}
