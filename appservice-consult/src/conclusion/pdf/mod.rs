//! A conclusion as PDF: the brand's letterhead, embedded subset fonts, tagged text in the document's language, pages numbered. The same document gives the
//! same bytes: its only date is its own, its identifier its hash.
//!
//! | file | decides |
//! |---|---|
//! | `words.rs` | labels, dates and ages in the document's language |
//! | `fonts.rs` | fonts, shaping, which font has a letter |
//! | `lines.rs` | where lines break |
//! | `layout.rs` | what stands where on which page |
//! | `letterhead.rs` | the brand's logo |
//! | `paper.rs` | drawing it, tags and properties of the file |

mod fonts;
mod layout;
mod letterhead;
mod lines;
mod paper;
#[cfg(test)]
mod pdf_test;
mod words;

use consilium_config::brand::palette::{Palette, Palettes};

use self::letterhead::Logo;
use super::document::Document;
use super::error::ConclusionError;
use crate::tenant::Tenant;

/// The signature, as the document shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// The method.
    pub method: String,
    /// SHA-256 of the content, hexadecimal.
    pub hash: String,
}

/// What the document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not signed: said on each page.
    Draft,
    /// Signed.
    Signed(Shown),
}

/// What the brand gives.
struct Look {
    palette: Palette,
    logo: Option<Logo>,
    /// What the brand calls the person: `client`, else the patient.
    is_client: bool,
}

/// Draws a document, on a thread where it does no harm that it takes some milliseconds.
pub(super) async fn draw(tenant: &Tenant, document: Document, standing: Standing) -> Result<Vec<u8>, ConclusionError> {
    let brand = &tenant.brand();
    let words = brand.texts.get(&document.language).or_else(|| brand.texts.get(&brand.default_language));
    let is_client = words.and_then(|texts| texts.get("console.person")).is_some_and(|person| person == "client");
    let palette = Palettes::derive(&brand.colors).light;
    let path = brand.folder.join(&brand.logo.light);
    let drawing = tokio::task::spawn_blocking(move || {
        let logo = letterhead::load(&path, &document.language);
        paper::draw(&document, &standing, &Look { palette, logo, is_client })
    });
    drawing.await.map_err(|error| ConclusionError::Pdf(error.to_string()))?
}
