//! Reading and saving what is being written, and how it would look signed.

use std::sync::Arc;

use consilium_config::Brand;
use consilium_config::brand::{ConclusionNeed, ConclusionTemplate};
use serde_json::json;

use super::access::{self, Writer};
use super::document::{Document, Parts};
use super::error::ConclusionError;
use super::later;
use super::pdf;
use super::pending::{self, Pending};
use super::record::{self, Record, Signed, Written};
use super::template::{self, Section, Tongue, field};
use crate::api::types::{FieldError, SaveConclusion, SectionText};
use crate::audit;
use crate::change::{self, Kind};
use crate::consultation::{Record as Consultation, record as consultations};
use crate::ids::{ConsultationId, OperatorId};
use crate::operator::Member;
use crate::store::{Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::time::Time;

/// What an editor shows.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The consultation.
    pub consultation: ConsultationId,
    /// Its version; 0: nobody has saved anything.
    pub version: i64,
    /// The document's language.
    pub language: String,
    /// Title, in that language.
    pub title: String,
    /// Whether the queue asks for one.
    pub need: ConclusionNeed,
    /// The sections with what is written in them.
    pub sections: Vec<Section>,
    /// When it was saved last, and by whom.
    pub saved: Option<(Time, OperatorId)>,
    /// Whether something is written that is not signed.
    pub is_unsigned: bool,
    /// Whether the reader may write it.
    pub may_write: bool,
    /// Whether the reader may sign it.
    pub may_sign: bool,
    /// What was signed, newest first.
    pub versions: Vec<Signed>,
    /// Its number, once it was signed.
    pub number: Option<i64>,
    /// What waits for a signature that somebody else makes, or was refused one.
    pub signing: Option<Pending>,
}

/// A consultation whose conclusion can be written, with all that it takes.
pub(super) struct Desk {
    pub(super) consultation: Consultation,
    pub(super) brand: Arc<Brand>,
    pub(super) need: ConclusionNeed,
    pub(super) template: ConclusionTemplate,
    pub(super) record: Option<Record>,
    pub(super) versions: Vec<Signed>,
    pub(super) pending: Option<Pending>,
}

impl Desk {
    pub(super) async fn load(
        session: &mut Session,
        tenant: &Tenant,
        id: &ConsultationId,
    ) -> Result<Self, ConclusionError> {
        let consultation = consultations::load(session, id).await?.ok_or(ConclusionError::NotFound)?;
        let brand = tenant.brand();
        let queue = brand.queue(consultation.state.queue.as_str()).ok_or(ConclusionError::Off)?;
        let (need, template) = (queue.conclusion, brand.conclusion_template(queue).cloned());
        let template = template.ok_or(ConclusionError::Off)?;
        let record = record::load(session, &tenant.key, id).await?;
        let versions = record::versions(session, &tenant.key, id).await?;
        let pending = pending::load(session, &tenant.key, id).await?;
        Ok(Self { consultation, brand, need, template, record, versions, pending })
    }

    /// What is written: the draft, else what was signed last, else nothing.
    pub(super) fn written(&self) -> Result<Written, ConclusionError> {
        if let Some(draft) = self.record.as_ref().and_then(|record| record.draft.clone()) {
            return Ok(draft);
        }
        if let Some(last) = self.versions.first() {
            let document: Document = serde_json::from_slice(&last.content).map_err(|_| ConclusionError::DoesNotOpen)?;
            let sections = document.sections.into_iter().map(|one| SectionText { code: one.code, text: one.text });
            return Ok(Written { language: document.language, sections: sections.collect() });
        }
        let brand = &self.brand;
        let spoken = self.consultation.language.as_ref().filter(|language| brand.languages.contains(language));
        Ok(Written { language: spoken.unwrap_or(&brand.default_language).clone(), sections: Vec::new() })
    }

    fn tongue<'a>(&'a self, language: &'a str) -> Tongue<'a> {
        Tongue { language, default: &self.brand.default_language }
    }

    /// The document that would be signed now.
    pub(super) fn document(
        &self,
        tenant: &Tenant,
        by: &Member,
        at: Time,
        reason: Option<String>,
    ) -> Result<Document, ConclusionError> {
        let written = self.written()?;
        let tongue = self.tongue(&written.language);
        let sections = template::laid_out(&self.template, tongue, &written.sections);
        let title = self.template.title.get(tongue.language, tongue.default);
        let record = self.record.as_ref();
        Ok(Document::of(
            tenant,
            Parts {
                consultation: &self.consultation,
                number: record.and_then(|record| record.number),
                version: record.map_or(0, |record| record.signed_version) + 1,
                template: (&self.template.id, title),
                language: &written.language,
                author: by,
                at,
                sections,
                reason,
            },
        ))
    }

    /// What is missing before it can be signed.
    pub(super) fn missing(&self) -> Result<Vec<FieldError>, ConclusionError> {
        let written = self.written()?;
        let tongue = self.tongue(&written.language);
        Ok(template::missing(&template::laid_out(&self.template, tongue, &written.sections)))
    }

    fn shown(&self, member: &Member) -> Result<Draft, ConclusionError> {
        let written = self.written()?;
        let tongue = self.tongue(&written.language);
        let is_writable = access::is_writable(&self.consultation);
        Ok(Draft {
            consultation: self.consultation.id.clone(),
            version: self.record.as_ref().map_or(0, |record| record.draft_version),
            title: self.template.title.get(tongue.language, tongue.default).to_owned(),
            sections: template::laid_out(&self.template, tongue, &written.sections),
            language: written.language.clone(),
            need: self.need,
            saved: self.record.as_ref().map(|record| (record.draft_at, record.draft_by.clone())),
            is_unsigned: self.record.as_ref().is_some_and(|record| record.draft.is_some()),
            may_write: is_writable && access::may_write(&self.consultation, member),
            may_sign: is_writable && access::may_sign(&self.consultation, member),
            versions: self.versions.clone(),
            number: self.record.as_ref().and_then(|record| record.number.filter(|_| record.signed_version > 0)),
            signing: self.pending.clone(),
        })
    }
}

/// What is being written, for who may read it. The reading is recorded.
pub async fn read(tenant: &Tenant, id: &ConsultationId, by: Writer<'_>) -> Result<Draft, ConclusionError> {
    let mut writing = tenant.store.write().await?;
    let desk = admitted(&mut writing, tenant, id, by).await?;
    if desk.record.is_some() {
        remember(&mut writing, tenant, &desk.consultation, by, "conclusion.read").await?;
        writing.commit().await?;
    }
    desk.shown(by.member)
}

/// How it would look if he signed it now.
pub async fn preview(tenant: &Tenant, id: &ConsultationId, by: Writer<'_>) -> Result<Vec<u8>, ConclusionError> {
    let mut writing = tenant.store.write().await?;
    let desk = admitted(&mut writing, tenant, id, by).await?;
    remember(&mut writing, tenant, &desk.consultation, by, "conclusion.read").await?;
    writing.commit().await?;
    let document = desk.document(tenant, by.member, tenant.context.now(), None)?;
    pdf::draw(tenant, document, pdf::Standing::Draft).await
}

async fn admitted(
    session: &mut Session,
    tenant: &Tenant,
    id: &ConsultationId,
    by: Writer<'_>,
) -> Result<Desk, ConclusionError> {
    let desk = Desk::load(session, tenant, id).await?;
    if access::may_read_draft(&desk.consultation, by.member) { Ok(desk) } else { Err(ConclusionError::NotOpen) }
}

/// Saves what is written over the version that was read. What waits for a signature was of another text: it is taken back.
///
/// Errors: `Changed` with who saved or signed meanwhile.
pub async fn save(
    tenant: &Tenant,
    id: &ConsultationId,
    save: SaveConclusion,
    by: Writer<'_>,
) -> Result<Draft, ConclusionError> {
    let mut writing = tenant.store.write().await?;
    let mut desk = Desk::load(&mut writing, tenant, id).await?;
    if !access::may_write(&desk.consultation, by.member) {
        return Err(ConclusionError::NotOpen);
    }
    if !access::is_writable(&desk.consultation) {
        return Err(ConclusionError::WrongPhase);
    }
    let before = desk.written()?;
    let after = checked(tenant, &desk.template, &before, save.language, save.sections)?;
    let known = desk.record.as_ref().map_or(0, |record| record.draft_version);
    if let Some(record) = desk.record.as_ref().filter(|_| known != save.version) {
        return Err(ConclusionError::Changed { by: record.draft_by.clone() });
    }
    if after == before && desk.record.is_some() {
        return desk.shown(by.member);
    }
    let is_first_of_his = desk.record.as_ref().is_none_or(|record| record.draft_by != by.member.id);
    let record = Record {
        draft_version: known + 1,
        draft_by: by.member.id.clone(),
        draft_at: tenant.context.now(),
        draft: Some(after),
        ..desk.record.clone().unwrap_or_else(|| empty(&desk.consultation, by.member, tenant.context.now()))
    };
    let is_written = match desk.record {
        None => record::insert(&mut writing, tenant, &record).await?,
        Some(_) => record::update(&mut writing, tenant, &record).await?,
    };
    if !is_written {
        return Err(ConclusionError::Changed { by: record.draft_by });
    }
    later::withdraw(&mut writing, tenant, desk.pending.take().as_ref(), by).await?;
    if is_first_of_his {
        remember(&mut writing, tenant, &desk.consultation, by, "conclusion.written").await?;
    }
    change::append(&mut writing, record.draft_at, Kind::Conclusion, id.as_str(), None).await?;
    writing.commit().await?;
    desk.record = Some(record);
    desk.shown(by.member)
}

fn empty(consultation: &Consultation, by: &Member, now: Time) -> Record {
    Record {
        consultation: consultation.id.clone(),
        patient: consultation.patient.clone(),
        number: None,
        signed_version: 0,
        signed_at: None,
        draft_version: 0,
        draft_by: by.id.clone(),
        draft_at: now,
        draft: None,
    }
}

fn checked(
    tenant: &Tenant,
    template: &ConclusionTemplate,
    before: &Written,
    language: String,
    sections: Vec<SectionText>,
) -> Result<Written, ConclusionError> {
    if !tenant.brand().languages.contains(&language) {
        return Err(ConclusionError::Invalid(vec![field("language", "one of the brand's languages")]));
    }
    let mut sections = template::checked(template, &before.sections, sections).map_err(ConclusionError::Invalid)?;
    let place = |code: &str| template.sections.iter().position(|section| section.code == code).unwrap_or(usize::MAX);
    sections.sort_by_key(|section| place(&section.code));
    Ok(Written { language, sections })
}

pub(super) async fn remember(
    writing: &mut Writing,
    tenant: &Tenant,
    consultation: &Consultation,
    by: Writer<'_>,
    action: &str,
) -> Result<(), StoreError> {
    let entry = audit::Entry {
        at: tenant.context.now(),
        actor: by.actor,
        action,
        subject: audit::Subject { kind: "consultation", id: consultation.id.as_str() },
        detail: json!({ "patient": consultation.patient, "draft": true }),
    };
    audit::append(writing, &tenant.key, entry).await
}
