//! Asks addresses as a browser somewhere else would: by name, without a proxy, following nothing.

use std::time::Duration;

use consilium_config::Origin;
use consilium_homeserver::Context;
use http::{HeaderName, header};
use reqwest::redirect::Policy;
use reqwest::tls::TlsInfo;
use reqwest::{Client, ClientBuilder, Response};

use super::certificate;

/// How long one address may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is read of an answer at most: who answers in our place may send anything. Unit: bytes.
const BODY_BYTES_MAX: usize = 256 << 10;

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Its beginning.
    pub body: String,
    /// Which origin may read it, as `Access-Control-Allow-Origin` says.
    pub allowed_origin: Option<String>,
    /// How far the other clock is ahead. Unit: milliseconds, of whole seconds.
    pub ahead_ms: Option<i64>,
    /// When the certificate ends. Unit: milliseconds since the epoch. `None`: there was none, or it cannot be read.
    pub certificate_end_ms: Option<i64>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Its certificate is not accepted.
    Certificate(Distrust),
    /// Nobody knows its name.
    NoName,
    /// Nobody answers.
    Silent(String),
}

/// Why a certificate is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distrust {
    /// Its time is over.
    Expired,
    /// Its time has not come.
    NotYet,
    /// It is for another name.
    OtherName,
    /// Nobody whom this machine trusts has signed it.
    Unknown,
    /// This machine trusts nobody at all.
    NoRoots,
    /// Something else, in the words of whoever refused it.
    Other(String),
}

/// Who asks.
pub struct Outside {
    plain: Option<Client>,
    /// Not there where the machine trusts no certificate at all.
    secure: Option<Client>,
    context: Context,
}

impl Outside {
    /// Somebody who trusts what this machine trusts.
    pub fn new(context: Context) -> Self {
        let client = || Client::builder().timeout(PATIENCE).redirect(Policy::none()).no_proxy();
        let built = |builder: ClientBuilder| builder.build().ok();
        Self { plain: built(client().tls_certs_only([])), secure: built(client().tls_info(true)), context }
    }

    /// `GET url`, as a page of `origin` would, or as nobody's.
    pub async fn get(&self, url: &str, origin: Option<&Origin>) -> Result<Answer, Failure> {
        let client = if url.starts_with("https://") { &self.secure } else { &self.plain };
        let Some(client) = client else {
            return Err(Failure::Certificate(Distrust::NoRoots));
        };
        let mut request = client.get(url);
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin.as_str());
        }
        let response = request.send().await.map_err(failure)?;
        self.read(response).await
    }

    /// `POST url` with a text that nobody waits for; the status of the answer.
    pub async fn post_nothing(&self, url: &str) -> Option<u16> {
        let request = self.plain.as_ref()?.post(url).header(header::CONTENT_TYPE, "text/plain").body("");
        request.send().await.ok().map(|response| response.status().as_u16())
    }

    async fn read(&self, mut response: Response) -> Result<Answer, Failure> {
        let text =
            |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (allowed_origin, date) = (text(header::ACCESS_CONTROL_ALLOW_ORIGIN), text(header::DATE));
        let certificate = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
        let certificate_end_ms = certificate.and_then(certificate::end_ms);
        let now_ms = i64::try_from(self.context.now_ms()).unwrap_or(i64::MAX);
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failure)? {
            let room = BODY_BYTES_MAX - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if body.len() == BODY_BYTES_MAX {
                break;
            }
        }
        Ok(Answer {
            status,
            body: String::from_utf8_lossy(&body).into_owned(),
            allowed_origin,
            ahead_ms: date.as_deref().and_then(date_ms).map(|date| date - now_ms),
            certificate_end_ms,
        })
    }
}

/// A `Date` header in milliseconds since the epoch (RFC 9110 §5.6.7, in the form that is written today).
fn date_ms(text: &str) -> Option<i64> {
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(date.as_millisecond())
}

fn failure(error: reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::Silent(format!("no answer within {} seconds", PATIENCE.as_secs()));
    }
    failure_of(&format!("{:#}", anyhow::Error::new(error.without_url())))
}

/// The libraries tell these apart in words only.
fn failure_of(why: &str) -> Failure {
    if why.contains("dns error") {
        return Failure::NoName;
    }
    if why.contains("Connection refused") {
        return Failure::Silent("nobody listens there".to_owned());
    }
    if why.contains("InvalidContentType") {
        return Failure::Silent("what listens there speaks no TLS".to_owned());
    }
    let lower = why.to_ascii_lowercase();
    if !lower.contains("certificate") {
        return Failure::Silent(why.to_owned());
    }
    let distrusts = [
        ("expired", Distrust::Expired),
        ("not valid yet", Distrust::NotYet),
        ("not valid for", Distrust::OtherName),
        ("unknownissuer", Distrust::Unknown),
        // Signed by itself.
        ("causedasendentity", Distrust::Unknown),
    ];
    let known = distrusts.into_iter().find(|(words, _)| lower.contains(words));
    Failure::Certificate(known.map_or_else(|| Distrust::Other(why.to_owned()), |(_, distrust)| distrust))
}

#[cfg(test)]
mod tests {
    use super::{Distrust, Failure, date_ms, failure_of};

    #[test]
    fn a_date_header_is_read() {
        assert_eq!(date_ms("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777_000));
        assert_eq!(date_ms("yesterday"), None);
    }

    #[test]
    fn what_the_libraries_say_is_told_apart() {
        let before = "error sending request: client error (Connect): ";
        for (words, failure) in [
            ("dns error: failed to lookup address information: Name or service not known", Failure::NoName),
            (
                "tcp connect error: Connection refused (os error 111)",
                Failure::Silent("nobody listens there".to_owned()),
            ),
            ("invalid peer certificate: Expired", Failure::Certificate(Distrust::Expired)),
            ("invalid peer certificate: UnknownIssuer", Failure::Certificate(Distrust::Unknown)),
            ("invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))", Failure::Certificate(Distrust::Unknown)),
            (
                "invalid peer certificate: certificate not valid for name \"yew.example\"; certificate is only valid for oak.example",
                Failure::Certificate(Distrust::OtherName),
            ),
        ] {
            assert_eq!(failure_of(&format!("{before}{words}")), failure);
        }
        assert!(matches!(failure_of("a certificate that is odd"), Failure::Certificate(Distrust::Other(_))));
        assert!(matches!(failure_of("it is odd"), Failure::Silent(_)));
    }
}
