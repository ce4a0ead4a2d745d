//! What a bundle is made of, as plain values, and where each of them is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use consilium_config::Brand;
use consilium_config::brand::{ConsentSubject, Localized};
use sea_query::{Expr, ExprTrait, Order, Query};

use super::names::Names;
use crate::api::types::{
    Answered, ArchivedCall, ArchivedConclusion, PatientLink, Phase, Relationship, TranscriptEntry,
};
use crate::archive::Opened;
use crate::consent::{self, Entry};
use crate::consultation::team;
use crate::ids::{ConsentPurpose, ConsultationId, OperatorId, PatientId, PersonId, UserId};
use crate::operator::Member;
use crate::patient::{self, Card};
use crate::store::tables::ConsultationHistory as History;
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;
use crate::time::Time;

/// A sealed consultation with the people in it.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) names: Names,
    /// The brand.
    pub(super) clinic: Clinic,
    pub(super) patient: Subject,
    /// The person whose health it is about, where it is not the account holder's own.
    pub(super) person: Option<Acted>,
    /// What he agreed to and withdrew about whom it is up to the end of the consultation, oldest first.
    pub(super) ledger: Vec<Entry>,
    /// What each consent covers, by the brand of today; none of those that it asks for no more.
    pub(super) covers: BTreeMap<ConsentPurpose, Vec<ConsentSubject>>,
    /// Those members of staff who have a record today.
    pub(super) staff: Vec<Professional>,
    pub(super) visit: Visit,
    /// Oldest first.
    pub(super) transcript: Vec<TranscriptEntry>,
    /// In the order they ended.
    pub(super) calls: Vec<ArchivedCall>,
    /// In their order.
    pub(super) conclusions: Vec<ArchivedConclusion>,
    pub(super) answers: Option<Answered>,
}

/// Who answers for it all.
#[derive(Debug, Clone)]
pub(super) struct Clinic {
    pub(super) name: String,
    pub(super) legal_name: String,
    pub(super) address: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) email: Option<String>,
}

/// Whose account it is, by his card of today; empty where it was deleted.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) id: PatientId,
    pub(super) card: Card,
    /// Other records of the same human.
    pub(super) links: Vec<PatientLink>,
}

/// The person for whom the account holder acts, by his card of today; empty where the account was deleted.
#[derive(Debug, Clone)]
pub(super) struct Acted {
    pub(super) id: PersonId,
    pub(super) card: Card,
    /// What the account holder is to him; none where the account was deleted.
    pub(super) relationship: Option<Relationship>,
}

/// A member of staff.
#[derive(Debug, Clone)]
pub(super) struct Professional {
    pub(super) id: OperatorId,
    pub(super) user_id: UserId,
    pub(super) name: String,
    /// Profession or post.
    pub(super) title: Option<String>,
}

/// How it went.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) id: ConsultationId,
    /// BCP 47 tag: the patient's, else the brand's.
    pub(super) language: String,
    /// Id and name of its queue.
    pub(super) service: (String, String),
    pub(super) phase: Phase,
    pub(super) requested_at: Time,
    pub(super) ended_at: Option<Time>,
    /// In the order they joined.
    pub(super) members: Vec<team::Member>,
    /// Its history: when, and the action's name. Notes of it are staff's own and are not read.
    pub(super) steps: Vec<(Time, String)>,
    /// Place of its last record in the archive, and when that was sealed.
    pub(super) sealed: (i64, Time),
}

/// Reads what the archive's record does not say: names, the card, the steps.
pub(super) async fn gather(session: &mut Session, tenant: &Tenant, opened: Opened) -> Result<Source, StoreError> {
    let Opened { record, transcript, calls, conclusions, answers, chain, .. } = opened;
    let brand = tenant.brand();
    let language = brand.language_for(record.language.as_deref().unwrap_or(&brand.default_language)).to_owned();
    let card = patient::load(session, &tenant.key, &record.patient).await?.map(|known| known.card).unwrap_or_default();
    let queue = record.state.queue.as_str();
    let service = brand.queue(queue).map_or(queue, |known| known.name.get(&language, &brand.default_language));
    let sealed_at = record.sealed.map_or(record.state.requested_at, |sealed| sealed.at);
    let ended_at = record.state.ended_at.unwrap_or(sealed_at);
    let mut ledger = consent::ledger_until(session, record.treated(), ended_at).await?;
    ledger.reverse();
    Ok(Source {
        names: Names { server_name: tenant.server_name.clone(), public_url: tenant.public_url.clone() },
        clinic: clinic(&brand, &language),
        patient: Subject { id: record.patient.clone(), card, links: patient::links(tenant, &record.patient) },
        person: record.person.as_ref().map(|id| acted(tenant, id)),
        ledger,
        covers: brand.consents.iter().map(|one| (one.id.as_str().into(), one.covers.clone())).collect(),
        staff: tenant.staff.all_ever().iter().map(professional).collect(),
        visit: Visit {
            service: (queue.to_owned(), service.to_owned()),
            phase: record.state.phase.name(),
            requested_at: record.state.requested_at,
            ended_at: record.state.ended_at,
            steps: steps(session, &record.id).await?,
            sealed: (chain.sequence, sealed_at),
            members: record.members,
            id: record.id,
            language,
        },
        transcript,
        calls,
        conclusions,
        answers,
    })
}

fn acted(tenant: &Tenant, id: &PersonId) -> Acted {
    let kept = tenant.persons.by_id(id).map(|entry| entry.kept.clone());
    Acted {
        id: id.clone(),
        relationship: kept.as_ref().map(|kept| kept.relationship),
        card: kept.map(|kept| kept.card).unwrap_or_default(),
    }
}

fn clinic(brand: &Brand, language: &str) -> Clinic {
    let text = |text: &Localized| text.get(language, &brand.default_language).to_owned();
    Clinic {
        name: text(&brand.name),
        legal_name: text(&brand.legal_name),
        address: brand.contacts.address.as_ref().map(text),
        phone: brand.contacts.phone.clone(),
        email: brand.contacts.email.clone(),
    }
}

fn professional(member: &Arc<Member>) -> Professional {
    Professional {
        id: member.id.clone(),
        user_id: member.user_id.clone(),
        name: member.name.clone(),
        title: member.title.clone(),
    }
}

async fn steps(session: &mut Session, id: &ConsultationId) -> Result<Vec<(Time, String)>, StoreError> {
    let mut select = Query::select();
    select.columns([History::At, History::Action]).from(History::Table);
    select.and_where(Expr::col(History::ConsultationId).eq(id.as_str())).order_by(History::Version, Order::Asc);
    let rows = session.fetch_all(&select).await?;
    rows.iter().map(|row| Ok((row.time(History::At)?, row.text(History::Action)?))).collect()
}
