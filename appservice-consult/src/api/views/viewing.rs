//! What consoles of staff show: said by each for itself, heard by those who have the same open.

use consilium_config::brand::Section;

use super::StaffView;
use crate::api::problem::ApiError;
use crate::api::types::{ViewedKind, ViewedRecord, Viewers, ViewingRequest};
use crate::callback;
use crate::ids::{CallbackId, ConsultationId, PatientId};
use crate::patient;
use crate::viewing::{CONSOLE_CHARACTERS_MAX, Look, Screen};

/// Longest id that is looked up.
const ID_BYTES_MAX: usize = 255;

impl StaffView {
    /// His console shows a record, or none any more. One that he may not see is as none: a screen that outlives a right is no mistake of his.
    pub async fn say_viewing(&self, request: ViewingRequest) -> Result<Viewers, ApiError> {
        let ViewingRequest { console, record, act } = request;
        if !(1..=CONSOLE_CHARACTERS_MAX).contains(&console.chars().count()) {
            return Err(ApiError::invalid("console", "From 1 to 64 characters."));
        }
        let (board, screen) = (&self.tenant().viewing, Screen { operator: self.member.id.clone(), console });
        let viewable = match record {
            Some(record) => self.viewable(record).await?,
            None => None,
        };
        // What is not his to see is on no screen of his, and so is what he had open before.
        let Some(record) = viewable else {
            board.leave(&screen);
            return Ok(Viewers { record: None, viewers: Vec::new() });
        };
        let seen = board.look(screen, Look { record, act }, self.tenant().context.now());
        Ok(self.presenter().viewers(&seen))
    }

    /// The record by the id that all know it by; `None`: he may not see it, or there is none.
    async fn viewable(&self, record: ViewedRecord) -> Result<Option<ViewedRecord>, ApiError> {
        if record.id.len() > ID_BYTES_MAX || record.id.contains('\0') {
            return Ok(None);
        }
        let ViewedRecord { kind, id } = record;
        let tenant = self.tenant();
        let id = match kind {
            ViewedKind::Consultation => {
                let seen = self.seen_or_none(&ConsultationId::from(id)).await?;
                seen.map(|(record, _)| String::from(record.id))
            }
            ViewedKind::Archive => {
                let seen = self.seen_or_none(&ConsultationId::from(id)).await?;
                seen.filter(|(record, _)| record.sealed.is_some()).map(|(record, _)| String::from(record.id))
            }
            ViewedKind::Patient => {
                let card = tenant.patients.leading_of(&PatientId::from(id));
                let mut reading = tenant.store.read().await?;
                patient::load(&mut reading, &tenant.key, &card).await?.map(|record| String::from(record.id))
            }
            ViewedKind::Callback => {
                let mut reading = tenant.store.read().await?;
                let found = callback::load(&mut reading, &tenant.key, &CallbackId::from(id)).await?;
                found.filter(|record| callback::sees(&self.member, record)).map(|record| String::from(record.id))
            }
            ViewedKind::Settings => {
                let is_section = |name: &String| name.parse::<Section>().is_ok();
                Some(id).filter(|name| self.member.role.supervises() && is_section(name))
            }
        };
        Ok(id.map(|id| ViewedRecord { kind, id }))
    }
}
