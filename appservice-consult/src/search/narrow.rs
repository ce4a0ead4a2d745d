//! What of a search's filters the index does not have: the part that few match is looked up by their rows before anything else, the part that nearly all match
//! is asked of what the words have found, so that either costs no more than what it leaves. Conditions on rows; `find.rs` carries them out.
//!
//! A call-back has no fields, stars, conclusion or files: whoever asks for them, or for what has none, asks for consultations.

use sea_query::{Cond, Expr, ExprTrait};

use crate::archive::{self, Filter};
use crate::ids::PatientId;
use crate::retention;
use crate::store::tables::Callback;
use crate::tenant_key::TenantKey;

/// A part of a filter.
#[derive(Debug, Clone)]
pub struct Narrowed {
    /// On rows of consultations.
    pub consultations: Cond,
    /// On rows of call-backs; `None`: none of them is meant.
    pub callbacks: Option<Cond>,
}

/// What few match: somebody's, those with a value in a field, with few stars, held ones. `None`: nothing is asked for.
pub fn few(key: &TenantKey, filter: &Filter) -> Option<Narrowed> {
    let consultations = archive::few(key, filter)?;
    let patients = filter.patients.as_ref();
    let is_somebodys = patients.map(|ids| Expr::col(Callback::PatientId).is_in(ids.iter().map(PatientId::as_str)));
    let is_held = (filter.held == Some(true)).then(|| retention::patient_is_held(Expr::col(Callback::PatientId)));
    let callbacks = Cond::all().add_option(is_somebodys).add_option(is_held);
    Some(Narrowed { consultations, callbacks: may_be_callback(filter).then_some(callbacks) })
}

/// What many match: those with a conclusion or files or without, those that are not held. `None`: nothing is asked for.
pub fn many(filter: &Filter) -> Option<Narrowed> {
    let consultations = archive::many(filter)?;
    // Nobody holds what a visitor of a form ordered, who is no patient.
    let is_nobodys = Expr::col(Callback::PatientId).is_null();
    let is_free = is_nobodys.or(retention::patient_is_held(Expr::col(Callback::PatientId)).not());
    Some(Narrowed { consultations, callbacks: may_be_callback(filter).then(|| Cond::all().add(is_free)) })
}

/// Whether call-backs may be meant at all.
fn may_be_callback(filter: &Filter) -> bool {
    let by_content = filter.conclusion.is_some() || filter.files.is_some();
    filter.field.is_none() && filter.stars_max.is_none() && !by_content && filter.tag.is_none()
}
