//! Full text of the archive, as far as a member of staff may read it.

use super::StaffView;
use super::staff::sensible;
use crate::api::problem::ApiError;
use crate::api::types::{ArchiveHits, ArchiveSearch, ArchiveSort, OperatorRole};
use crate::present::ArchiveReader;
use crate::search::{self, Found, Reader, Wanted};

/// Rows of a page when nobody says how many, and most of them: each is opened.
const LIMIT_DEFAULT: u32 = 20;
const LIMIT_MAX: u32 = 50;

impl StaffView {
    /// Searches the archive: all of it for a supervisor, for an operator what he may read of it.
    pub async fn search_archive(&self, request: ArchiveSearch) -> Result<ArchiveHits, ApiError> {
        self.checked.served.searches_limit.check(&self.checked.user_id)?;
        let (tenant, member) = (self.tenant(), &self.member);
        let reader = match member.role {
            OperatorRole::Supervisor | OperatorRole::Administrator => Reader::All,
            OperatorRole::Operator => Reader::Operator(member.id.clone()),
        };
        let mut among = sensible(request.among)?;
        if among.sort == Some(ArchiveSort::Oldest) {
            return Err(ApiError::malformed("sort", "What is found stands newest first."));
        }
        let limit = among.limit.unwrap_or(LIMIT_DEFAULT).clamp(1, LIMIT_MAX) as usize;
        let cursor = among.cursor.take();
        let wanted = Wanted { text: request.text, reader, filter: self.archive_filter(among)?, limit, cursor };
        let Found { hits, next_cursor, total, to_index } = search::search(tenant, &wanted, &self.actor()).await?;
        let mut reading = tenant.store.read_at_length().await?;
        let items = self.presenter().archive_hits(&mut reading, hits, ArchiveReader::Staff(member)).await?;
        Ok(ArchiveHits { items, next_cursor, total, to_index })
    }
}
