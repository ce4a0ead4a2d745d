//! What a search found.

use crate::api::types::{ArchiveSnippet, SnippetPart};
use crate::search::Snippet;

/// The words around a hit.
pub fn archive_snippet(snippet: Snippet) -> ArchiveSnippet {
    let parts = snippet.parts.into_iter().map(|part| SnippetPart { text: part.text, hit: part.hit });
    ArchiveSnippet { source: snippet.source, at: snippet.at, by: snippet.by, parts: parts.collect() }
}
