//! For whom a consultation is, corrected at the desk before its end: a mother asked in her own name for her child, or the other way round. Audited, and told to
//! the patient in the conversation; document, record and exports that come later are about whom it is then.
//!
//! Deliberately absent: what was signed before. A conclusion that names somebody else is amended.

use sea_query::{Expr, ExprTrait, Query};

use super::command::{Command, Right};
use super::error::ConsultationError;
use super::record::{self, Record};
use super::transition::{self, Circumstances, TRIES};
use crate::actor::Actor;
use crate::consent::{self, Agreed};
use crate::ids::{ConsultationId, OperatorId, PersonId};
use crate::person::{self, Treated};
use crate::store::Writing;
use crate::store::tables::Consultation as Table;
use crate::tenant::Tenant;

/// Another one than was said.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Whom it is about; none: the account holder himself.
    pub person: Option<PersonId>,
    /// Whom it was about, as the operator saw it.
    pub was: Option<PersonId>,
}

/// An operator or supervisor who corrects.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// His record.
    pub id: &'a OperatorId,
    /// By what right.
    pub right: Right,
    /// The same, for history and audit.
    pub actor: &'a Actor,
}

/// Corrects for whom a consultation is. The same once more changes nothing.
///
/// Errors: `NotFound`, `NoSuchPerson`, `PersonChanged`, `Refused` where it is over or another's, `Consent` where what is required is not agreed to for that one,
/// `Contended`, `Store`.
pub async fn correct_person(
    tenant: &Tenant,
    id: &ConsultationId,
    correction: &Correction,
    by: By<'_>,
) -> Result<Record, ConsultationError> {
    for _ in 0..TRIES {
        let mut writing = tenant.store.write().await?;
        if let Some(after) = correct_within(&mut writing, tenant, id, correction, by).await? {
            writing.commit().await?;
            return Ok(after);
        }
    }
    Err(ConsultationError::Contended)
}

/// `None`: somebody else was faster and nothing was written.
async fn correct_within(
    writing: &mut Writing,
    tenant: &Tenant,
    id: &ConsultationId,
    correction: &Correction,
    by: By<'_>,
) -> Result<Option<Record>, ConsultationError> {
    let before = record::load(writing, id).await?.ok_or(ConsultationError::NotFound)?;
    if before.sealed.is_some() {
        // Its record in the archive says for whom it is, and stays as it is.
        return Err(ConsultationError::Refused(super::Refusal::WrongPhase(before.state.phase.name())));
    }
    let command = Command::CorrectPerson { by: by.id.clone(), right: by.right };
    super::machine::step(&before.state, &command, tenant.context.now())?;
    if before.person == correction.person {
        return Ok(Some(before));
    }
    if before.person != correction.was {
        return Err(ConsultationError::PersonChanged);
    }
    let name = match &correction.person {
        Some(person) => {
            let known = person::for_request(writing, tenant, &before.patient, person).await?;
            known.ok_or(ConsultationError::NoSuchPerson)?.kept.card.name
        }
        None => tenant.patients.by_id(&before.patient).map(|entry| entry.card.name.clone()).unwrap_or_default(),
    };
    let treated = Treated { patient: &before.patient, person: correction.person.as_ref() };
    consent::give_with(writing, tenant, treated, &Agreed::default(), by.actor).await?;
    // First whom it is about, so that what follows from the step tells it so.
    let mut update = Query::update();
    update.table(Table::Table).value(Table::PersonId, correction.person.as_ref().map(PersonId::as_str));
    writing.execute(update.and_where(Expr::col(Table::Id).eq(id.as_str()))).await?;
    let circumstances = Circumstances { actor: by.actor, note: Some(&name), by_macro: None };
    transition::apply_within(writing, tenant, id, &command, circumstances).await
}
