//! Who of the staff hears of a change, and how much: a stream carries nothing that its listener's lists would not show. What it depends on is loaded once for
//! all consoles; the decisions are those of the features.

use super::log::{Change, Kind};
use crate::api::types::GoneKind;
use crate::call::{self, Concerned};
use crate::callback;
use crate::consultation::{Sight, record, sight};
use crate::follow_up;
use crate::ids::{CallId, CallbackId, ConsultationId, FollowUpId, NoteId, PatientId};
use crate::note::{self, Mentions, Readers};
use crate::operator::Member;
use crate::patient::{self, Visits};
use crate::store::StoreError;
use crate::tenant::Tenant;

/// How much of a change somebody hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Heard {
    /// What everybody hears who hears of it.
    Told,
    /// A consultation's row, as far as he sees it.
    Seen(Sight),
    /// A card's row, with what he sees of its consultations.
    Counted(Visits),
    /// That it is not his to see: a console that has it drops it.
    Gone(GoneKind),
}

/// What it depends on who hears of a change; `None`: there is no such record.
#[derive(Debug)]
pub(super) enum Hearing {
    /// Nothing: all of the staff hear of it.
    Staff,
    /// How much of the consultation they see, by what is lent to them too.
    Consultation(Option<Box<(record::Record, Mentions)>>),
    /// The same, of its conclusion.
    Conclusion(Option<Box<record::Record>>),
    /// Whether they see the call-back.
    Callback(Option<Box<callback::Record>>),
    /// Whether they see the call.
    Call(Option<Box<Concerned>>),
    /// Whether they read the conversation's notes.
    Note(Option<Box<Readers>>),
    /// Whether they see the follow-up.
    FollowUp(Option<Box<follow_up::Record>>),
    /// How many of the card's consultations they see.
    Patient(Vec<record::Record>),
}

impl Hearing {
    /// Of a change, as things stand now.
    pub(super) async fn load(tenant: &Tenant, change: &Change) -> Result<Self, StoreError> {
        let mut reading = tenant.store.read().await?;
        let id = change.subject.as_str();
        Ok(match change.kind {
            Kind::Consultation => {
                Self::Consultation(match record::load(&mut reading, &ConsultationId::from(id)).await? {
                    Some(record) => {
                        let mentions = Mentions::load(&mut reading, &record.conversation).await?;
                        Some(Box::new((record, mentions)))
                    }
                    None => None,
                })
            }
            Kind::Conclusion => {
                Self::Conclusion(record::load(&mut reading, &ConsultationId::from(id)).await?.map(Box::new))
            }
            Kind::Callback => {
                Self::Callback(callback::load(&mut reading, &tenant.key, &CallbackId::from(id)).await?.map(Box::new))
            }
            Kind::Call => Self::Call(match call::load(&mut reading, &CallId::from(id)).await? {
                Some(call) => Some(Box::new(Concerned::load(&mut reading, tenant, &call).await?)),
                None => None,
            }),
            Kind::Note => Self::Note(match note::load(&mut reading, &tenant.key, &NoteId::from(id)).await? {
                Some(note) => Some(Box::new(Readers::load(&mut reading, &note.conversation).await?)),
                None => None,
            }),
            Kind::Patient => {
                Self::Patient(patient::consultations_of(&mut reading, tenant, &PatientId::from(id)).await?)
            }
            Kind::FollowUp => {
                Self::FollowUp(follow_up::load(&mut reading, &tenant.key, &FollowUpId::from(id)).await?.map(Box::new))
            }
            Kind::Queue
            | Kind::Operator
            | Kind::Keys
            | Kind::Custody
            | Kind::Mention
            | Kind::QueueInvitation
            | Kind::Canned
            | Kind::Macro
            | Kind::Tag
            | Kind::View
            | Kind::ViewOrder
            | Kind::Webhook
            | Kind::Settings
            | Kind::Setup
            | Kind::Rule => Self::Staff,
        })
    }

    /// How much a member of staff hears; `None`: nothing.
    pub(super) fn heard_by(&self, tenant: &Tenant, member: &Member) -> Option<Heard> {
        let told = |hears: bool| hears.then_some(Heard::Told);
        let told_or_gone = |hears: bool, kind| Some(if hears { Heard::Told } else { Heard::Gone(kind) });
        let gone = Heard::Gone(GoneKind::Consultation);
        match self {
            Self::Staff => Some(Heard::Told),
            Self::Consultation(of) => {
                let (record, mentions) = &**of.as_ref()?;
                let lent = mentions.lent(member, tenant.context.now());
                Some(sight::with_lent(member, record, lent).map_or(gone, Heard::Seen))
            }
            Self::Conclusion(of) => told(sight::of(member, of.as_ref()?).is_some()),
            Self::Callback(of) => told_or_gone(callback::sees(member, of.as_ref()?), GoneKind::Callback),
            Self::Call(of) => told(of.as_ref()?.sees(member)),
            Self::Note(of) => told(of.as_ref()?.ground(member, tenant.context.now()).is_some()),
            Self::Patient(_) if member.role.supervises() => Some(Heard::Told),
            Self::Patient(consultations) => Some(Heard::Counted(Visits::seen_by(member, consultations))),
            Self::FollowUp(of) => told_or_gone(follow_up::may_see(member, of.as_ref()?), GoneKind::FollowUp),
        }
    }
}
