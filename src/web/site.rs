//! What is served for one tenant: its brand, with the files read into memory once.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::Request;
use consilium_config::brand::{Current, KeeperIdentity};
use consilium_config::{Brand, Tenant};
use consilium_homeserver::Context;
use http::{HeaderValue, header};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::assets;
use super::headers::MediaSources;

/// Largest file of a brand that is served: a logo or a document, not a film.
const FILE_BYTES_MAX: u64 = 1 << 20;

/// What is served for one tenant.
pub struct Site {
    /// The tenant's settings.
    pub tenant: Tenant,
    /// Its brand as its folder says it; `None`: a homeserver without apps.
    pub brand: Option<Brand>,
    /// The same as it stands now, where a consultation service lets it be changed.
    pub(super) current: Option<Current>,
    /// The brand's files by the name in `brand.toml`.
    pub(super) files: BTreeMap<String, BrandFile>,
    /// The consultation service's own user.
    pub(super) keeper: KeeperIdentity,
    /// Where its pages reach the media server.
    pub(super) media: MediaSources,
    /// What day it is.
    pub(super) context: Context,
}

/// One file of a brand.
pub(super) struct BrandFile {
    pub(super) bytes: axum::body::Bytes,
    pub(super) media_type: HeaderValue,
    pub(super) tag: HeaderValue,
}

/// Why a brand's file is not served.
#[derive(Debug, Error)]
pub enum SiteError {
    /// It cannot be read.
    #[error("the brand's file {path} cannot be read")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// It is too large.
    #[error("the brand's file {0} is larger than 1 MiB: use a smaller one")]
    TooLarge(PathBuf),
}

impl fmt::Debug for Site {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Site").field("server_name", &self.tenant.server_name).finish_non_exhaustive()
    }
}

impl Site {
    /// Reads the brand's files.
    pub fn new(tenant: Tenant, brand: Option<Brand>, keeper: KeeperIdentity) -> Result<Self, SiteError> {
        let mut files = BTreeMap::new();
        if let Some(brand) = &brand {
            let logo = &brand.logo;
            let pictures = [Some(&logo.light), logo.dark.as_ref(), Some(&logo.icon), logo.icon_png.as_ref()];
            let pictures = pictures.into_iter().flatten().map(String::as_str);
            let documents = brand.legal.iter().flat_map(|document| document.files.iter().map(|(_, file)| file));
            for file in pictures.chain(documents) {
                files.insert(file.to_owned(), read(brand.folder.join(file))?);
            }
        }
        let (media, context) = (MediaSources::default(), Context::system());
        Ok(Self { tenant, brand, current: None, files, keeper, media, context })
    }

    /// The same, with a media server that its pages may reach.
    #[must_use]
    pub fn with_media(mut self, url: Option<&str>) -> Self {
        self.media = url.map(MediaSources::of).unwrap_or_default();
        self
    }

    /// The same by another clock than the machine's.
    #[must_use]
    pub fn by_clock_of(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// The same, following what is changed of the brand while it runs.
    #[must_use]
    pub fn following(mut self, current: Option<Current>) -> Self {
        self.current = current;
        self
    }

    /// The brand as it stands now. Files, colours and languages are those of the folder either way.
    pub(super) fn brand_now(&self) -> Option<Arc<Brand>> {
        let current = self.current.as_ref().map(Current::get);
        current.or_else(|| self.brand.clone().map(Arc::new))
    }

    /// Today, where the clock of the world stands: UTC.
    pub(super) fn today(&self) -> Date {
        let now = i64::try_from(self.context.now_ms()).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
        now.unwrap_or(Timestamp::MAX).to_zoned_datetime(TimeZone::UTC).date()
    }

    pub(super) fn has_brand(&self) -> bool {
        self.brand.is_some()
    }

    pub(super) fn is_https(&self) -> bool {
        self.tenant.origins.public.is_https()
    }

    /// The brand's language for this request: `?language=`, else `Accept-Language`, else the brand's default.
    pub(super) fn language<'a>(&'a self, request: &Request) -> &'a str {
        let Some(brand) = &self.brand else { return "en" };
        let query = request.uri().query().unwrap_or_default();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("language="));
        if let Some(known) = asked.and_then(|asked| brand.languages.iter().find(|known| known.as_str() == asked)) {
            return known;
        }
        let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        brand.language_for(accepted.unwrap_or_default())
    }
}

fn read(path: PathBuf) -> Result<BrandFile, SiteError> {
    let length = std::fs::metadata(&path).map(|metadata| metadata.len());
    if length.is_ok_and(|length| length > FILE_BYTES_MAX) {
        return Err(SiteError::TooLarge(path));
    }
    let bytes = std::fs::read(&path).map_err(|source| SiteError::Read { path: path.clone(), source })?;
    let tag = assets::entity_tag(&Sha256::digest(&bytes).into());
    Ok(BrandFile { media_type: assets::media_type(&path.to_string_lossy()), tag, bytes: bytes.into() })
}
