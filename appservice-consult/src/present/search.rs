//! What a search found.

use super::{ArchiveReader, Presenter};
use crate::api::types::{ArchiveHit, ArchiveSnippet, CallbackHit, ConsultationHit, SnippetPart};
use crate::retention::RetentionError;
use crate::search::{Hit, Sealed, Snippet};
use crate::store::Session;

/// What a hit is: the row of it comes from the list of its kind, in the same order.
enum Kind {
    Consultation,
    Callback,
}

impl Presenter<'_> {
    /// What was found, in its order, as its reader sees it.
    pub async fn archive_hits(
        &self,
        session: &mut Session,
        hits: Vec<Hit>,
        reader: ArchiveReader<'_>,
    ) -> Result<Vec<ArchiveHit>, RetentionError> {
        let (mut consultations, mut callbacks, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for Hit { of, snippets } in hits {
            let kind = match of {
                Sealed::Consultation(record) => {
                    consultations.push(*record);
                    Kind::Consultation
                }
                Sealed::Callback(record) => {
                    callbacks.push(*record);
                    Kind::Callback
                }
            };
            found.push((kind, snippets.into_iter().map(archive_snippet).collect::<Vec<_>>()));
        }
        let mut rows = self.archive_rows(session, &consultations, reader).await?.into_iter();
        let sealed: Vec<_> = callbacks.iter().map(|record| record.sealed).collect();
        let mut callbacks = self.callback_rows(session, &callbacks).await?.into_iter().zip(sealed);
        let hit = |(kind, snippets)| match kind {
            Kind::Consultation => {
                let row = rows.next()?;
                Some(ArchiveHit::Consultation(Box::new(ConsultationHit { row, snippets })))
            }
            Kind::Callback => {
                let (callback, sealed) = callbacks.next()?;
                let (sequence, sealed_at) = sealed?;
                Some(ArchiveHit::Callback(Box::new(CallbackHit { callback, sequence, sealed_at, snippets })))
            }
        };
        Ok(found.into_iter().filter_map(hit).collect())
    }
}

/// The words around a hit.
fn archive_snippet(snippet: Snippet) -> ArchiveSnippet {
    let parts = snippet.parts.into_iter().map(|part| SnippetPart { text: part.text, hit: part.hit });
    ArchiveSnippet { source: snippet.source, at: snippet.at, by: snippet.by, parts: parts.collect() }
}
