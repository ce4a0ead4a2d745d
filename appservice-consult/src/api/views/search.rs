//! Full text of the archive, as far as a member of staff may read it.

use super::StaffView;
use super::staff::sensible;
use crate::api::problem::ApiError;
use crate::api::types::{ArchiveHit, ArchiveHits, ArchiveSearch, OperatorRole};
use crate::archive::Share;
use crate::consultation::Record;
use crate::present::{ArchiveReader, archive_snippet};
use crate::search::{self, Found, Reader, Wanted};

/// Rows of a page when nobody says how many, and most of them: each is opened.
const LIMIT_DEFAULT: u32 = 20;
const LIMIT_MAX: u32 = 50;

impl StaffView {
    /// Searches the archive: all of it for a supervisor, for an operator what he may read of it.
    pub async fn search_archive(&self, mut request: ArchiveSearch) -> Result<ArchiveHits, ApiError> {
        self.checked.served.searches_limit.check(&self.checked.user_id)?;
        let (tenant, member) = (self.tenant(), &self.member);
        let reader = match member.role {
            OperatorRole::Supervisor | OperatorRole::Administrator => Reader::All,
            OperatorRole::Operator => Reader::Operator(member.id.clone()),
        };
        let filter = self.archive_filter(sensible(request.among())?)?;
        let limit = request.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX) as usize;
        let wanted = Wanted { text: request.text, reader, filter, limit, cursor: request.cursor };
        let share = |record: &Record| match member.role {
            OperatorRole::Supervisor | OperatorRole::Administrator => Some(Share::Whole),
            OperatorRole::Operator => Share::of_operator(record, &member.id),
        };
        let Found { hits, next_cursor, total, to_index } =
            search::search(tenant, &wanted, &self.actor(), share).await?;
        let (records, snippets): (Vec<Record>, Vec<_>) = hits.into_iter().map(|hit| (hit.record, hit.snippets)).unzip();
        let mut reading = tenant.store.read_at_length().await?;
        let rows = self.presenter().archive_rows(&mut reading, &records, ArchiveReader::Staff(member)).await?;
        let items = rows.into_iter().zip(snippets).map(|(row, snippets): (_, Vec<_>)| ArchiveHit {
            row,
            snippets: snippets.into_iter().map(archive_snippet).collect(),
        });
        Ok(ArchiveHits { items: items.collect(), next_cursor, total, to_index })
    }
}
