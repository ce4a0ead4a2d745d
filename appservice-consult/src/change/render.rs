//! What a change looks like on a stream: the record as it stands now, in the shape of the listener's role and language.

use std::collections::HashMap;

use consilium_config::brand::Section;
use serde::Serialize;
use tokio::sync::{Mutex, OnceCell};

use super::hearing::{Heard, Hearing};
use super::log::{Change, Kind};
use crate::api::types::{
    CallChanged, CallbackChanged, CallbackForRole, CannedChanged, ConclusionChanged, ConsultationChanged,
    ConsultationForRole, CustodyChanged, FollowUpChanged, Gone, KeysChanged, MacroChanged, MentionChanged, NoteChanged,
    OperatorChanged, PatientChanged, Phase, QueueChanged, QueueInvitationChanged, RuleRan, SavedViewArrangement,
    SavedViewChanged, SettingsChanged, SetupChanged, TagChanged, WebhookChanged,
};
use crate::call;
use crate::callback;
use crate::canned;
use crate::conclusion;
use crate::consultation::{Record, Sight, record};
use crate::conversation;
use crate::custody;
use crate::follow_up;
use crate::ids::{
    CallId, CallbackId, CannedId, ConsultationId, MacroId, MentionId, NoteId, OperatorId, PatientId, QueueId,
    QueueInvitationId, RuleRunId, SavedViewId, TagId, UserId,
};
use crate::macros;
use crate::note;
use crate::patient::{self, Visits};
use crate::present::{self, Presenter, cut};
use crate::queue_invitation;
use crate::saved_view;
use crate::settings;
use crate::store::{Session, StoreError};
use crate::tag;
use crate::tenant::Tenant;

/// Who listens.
#[derive(Debug, Clone)]
pub struct Audience {
    /// The account.
    pub user_id: UserId,
    /// The patient, unless it is staff.
    pub patient: Option<PatientId>,
    /// A language of the brand.
    pub language: String,
}

/// An event: its name and its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) name: &'static str,
    pub(super) data: String,
}

/// What is rendered of one change for staff, by language and by how much is heard; made once for all consoles.
#[derive(Debug, Default)]
pub(super) struct Rendered {
    hearing: OnceCell<Hearing>,
    for_staff: Mutex<HashMap<(String, Heard), Option<Event>>>,
}

impl Rendered {
    /// The event of a change for a listener; `None`: it is not for him.
    pub(super) async fn event(
        &self,
        tenant: &Tenant,
        change: &Change,
        audience: &Audience,
    ) -> Result<Option<Event>, StoreError> {
        if is_for_another(change, &audience.user_id) {
            return Ok(None);
        }
        if audience.patient.is_some() || is_for_one(change) {
            return render(tenant, change, audience).await;
        }
        let Some(listener) = tenant.staff.by_user(&audience.user_id) else { return Ok(None) };
        let hearing = self.hearing.get_or_try_init(|| Hearing::load(tenant, change)).await?;
        let Some(heard) = hearing.heard_by(tenant, &listener) else { return Ok(None) };
        let mut for_staff = self.for_staff.lock().await;
        let key = (audience.language.clone(), heard);
        if let Some(event) = for_staff.get(&key) {
            return Ok(event.clone());
        }
        let event = render_heard(tenant, change, audience, (hearing, heard)).await?;
        for_staff.insert(key, event.clone());
        Ok(event)
    }
}

/// The event of a change for all who hear as much of it. What it depends on who hears is shown as it stood when that was decided.
async fn render_heard(
    tenant: &Tenant,
    change: &Change,
    audience: &Audience,
    (hearing, heard): (&Hearing, Heard),
) -> Result<Option<Event>, StoreError> {
    let presenter = Presenter::new(tenant, &audience.language);
    match (hearing, heard) {
        // Its id alone: a console that has never had it learns nothing.
        (_, Heard::Gone(kind)) => Ok(Some(event("gone", &Gone { kind, id: change.subject.clone() }))),
        (Hearing::Consultation(Some(of)), Heard::Seen(sight)) => row_changed(tenant, presenter, &of.0, sight).await,
        (Hearing::Patient(_), Heard::Counted(visits)) => {
            let mut reading = tenant.store.read().await?;
            patient_changed(tenant, &mut reading, change, Some(visits)).await
        }
        (Hearing::Callback(Some(record)), _) => callback_row(tenant, presenter, record).await,
        (Hearing::FollowUp(Some(record)), _) => Ok(Some(follow_up_changed(record))),
        _ => render(tenant, change, audience).await,
    }
}

/// Whether a change is one account's alone, so that it is rendered for each listener.
fn is_for_one(change: &Change) -> bool {
    match change.kind {
        // Who sees a view differs from one to the next; one changes seldom.
        Kind::Keys | Kind::Custody | Kind::Mention | Kind::QueueInvitation | Kind::View | Kind::ViewOrder => true,
        Kind::Canned => change.audience.is_some(),
        Kind::Consultation
        | Kind::Queue
        | Kind::Operator
        | Kind::Call
        | Kind::Callback
        | Kind::Note
        | Kind::Macro
        | Kind::Tag
        | Kind::Webhook
        | Kind::Conclusion
        | Kind::Settings
        | Kind::FollowUp
        | Kind::Patient
        | Kind::Setup
        | Kind::Rule => false,
    }
}

/// Whether a change is another account's alone. A queue that is asked makes one for each of its operators: what all others hear of it is nothing, and costs no reading.
fn is_for_another(change: &Change, listener: &UserId) -> bool {
    let is_personal = matches!(change.kind, Kind::Keys | Kind::Mention | Kind::QueueInvitation);
    is_personal && change.audience.as_deref() != Some(listener.as_str())
}

/// The event of a change for a listener.
async fn render(tenant: &Tenant, change: &Change, audience: &Audience) -> Result<Option<Event>, StoreError> {
    let mut reading = tenant.store.read().await?;
    let presenter = Presenter::new(tenant, &audience.language);
    match (change.kind, &audience.patient) {
        (Kind::Consultation, Some(patient)) => {
            if change.audience.as_deref() != Some(audience.user_id.as_str()) {
                return Ok(None);
            }
            let record = record::load(&mut reading, &ConsultationId::from(change.subject.as_str())).await?;
            own(presenter, &mut reading, record.filter(|record| record.patient == *patient)).await
        }
        (Kind::Queue, None) => queue_changed(&mut reading, presenter, change).await,
        (Kind::Patient, None) => patient_changed(tenant, &mut reading, change, None).await,
        (Kind::Queue, Some(patient)) => {
            let waiting = waiting_in(&mut reading, patient, &change.subject).await?;
            own(presenter, &mut reading, waiting).await
        }
        (Kind::Operator, None) => {
            let Some(member) = tenant.staff.by_id(&OperatorId::from(change.subject.as_str())) else { return Ok(None) };
            let operator = presenter.operator(&mut reading, &member).await?;
            Ok(Some(event("operator", &OperatorChanged { operator })))
        }
        (Kind::Keys, _) => keys(&mut reading, change, audience).await,
        (Kind::Custody, Some(patient)) if change.subject == patient.as_str() => {
            let custody = custody::load(&mut reading, &tenant.key, patient).await?;
            Ok(Some(event("custody", &CustodyChanged { custody: present::custody(custody) })))
        }
        (Kind::Webhook, None) => Ok(Some(event("webhook", &WebhookChanged { endpoint_id: change.subject.clone() }))),
        (Kind::Conclusion, None) => conclusion_changed(&mut reading, change).await,
        (Kind::Rule, None) => Ok(Some(event("rule", &RuleRan { run_id: RuleRunId::from(change.subject.as_str()) }))),
        (Kind::Setup, None) => Ok(Some(event("setup", &SetupChanged { what: change.subject.clone() }))),
        (Kind::Settings, _) => settings_changed(&mut reading, change, audience).await,
        (Kind::Call, patient) => call_changed(&mut reading, presenter, change, patient.as_ref()).await,
        (Kind::Callback, Some(patient)) => callback(tenant, &mut reading, presenter, change, (audience, patient)).await,
        (Kind::Note, None) => note_changed(tenant, &mut reading, change).await,
        (Kind::Mention, None) => mention_changed(tenant, &mut reading, presenter, change, audience).await,
        (Kind::QueueInvitation, None) => {
            invitation_changed(tenant, &mut reading, presenter, change, audience).await
        }
        (Kind::Canned, None) => canned_changed(tenant, &mut reading, presenter, change, audience).await,
        (Kind::Macro, None) => macro_changed(&mut reading, presenter, change).await,
        (Kind::Tag, None) => tag_changed(&mut reading, presenter, change).await,
        (Kind::View | Kind::ViewOrder, None) => view_changed(tenant, &mut reading, presenter, change, audience).await,
        (
            Kind::Operator
            | Kind::Note
            | Kind::Mention
            | Kind::QueueInvitation
            | Kind::Canned
            | Kind::Macro
            | Kind::Tag
            | Kind::View
            | Kind::ViewOrder
            | Kind::Webhook
            | Kind::Conclusion
            | Kind::FollowUp
            | Kind::Patient
            | Kind::Setup
            | Kind::Rule,
            Some(_),
        )
        | (Kind::Custody, _)
        // What staff hears of these differs from one to the next: `render_heard`.
        | (Kind::Consultation | Kind::Callback | Kind::FollowUp, None) => Ok(None),
    }
}

/// A consultation as far as staff sees it.
async fn row_changed(
    tenant: &Tenant,
    presenter: Presenter<'_>,
    record: &Record,
    sight: Sight,
) -> Result<Option<Event>, StoreError> {
    let mut reading = tenant.store.read().await?;
    let row = presenter.rows(&mut reading, std::slice::from_ref(record)).await?.pop();
    let row = row.map(|row| ConsultationForRole::Row(Box::new(cut(row, sight))));
    Ok(row.map(|consultation| event("consultation", &ConsultationChanged { consultation })))
}

async fn queue_changed(
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
) -> Result<Option<Event>, StoreError> {
    let queue = presenter.queue(session, &QueueId::from(change.subject.as_str())).await?;
    Ok(queue.map(|queue| event("queue", &QueueChanged { queue })))
}

/// A card's row in lists as it stands now, or that there is none any more. `visits`: what is seen of its consultations; `None`: all of them.
async fn patient_changed(
    tenant: &Tenant,
    session: &mut Session,
    change: &Change,
    visits: Option<Visits>,
) -> Result<Option<Event>, StoreError> {
    let patient_id = PatientId::from(change.subject.as_str());
    let listed = patient::listed(session, tenant, &patient_id).await?;
    let told = |record| match visits {
        Some(visits) => visits.told(record),
        None => record,
    };
    let patient = listed.map(|(record, also)| present::patient_row(told(record), also));
    Ok(Some(event("patient", &PatientChanged { patient_id, patient })))
}

/// A call-back as staff sees it.
async fn callback_row(
    tenant: &Tenant,
    presenter: Presenter<'_>,
    record: &callback::Record,
) -> Result<Option<Event>, StoreError> {
    let mut reading = tenant.store.read().await?;
    let row = presenter.callback_rows(&mut reading, std::slice::from_ref(record)).await?.pop();
    let row = row.map(|row| CallbackForRole::Row(Box::new(row)));
    Ok(row.map(|callback| event("callback", &CallbackChanged { callback })))
}

/// A patient's own call-back.
async fn callback(
    tenant: &Tenant,
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    (audience, patient): (&Audience, &PatientId),
) -> Result<Option<Event>, StoreError> {
    if change.audience.as_deref() != Some(audience.user_id.as_str()) {
        return Ok(None);
    }
    let record = callback::load(session, &tenant.key, &CallbackId::from(change.subject.as_str())).await?;
    let own = record.filter(|record| record.patient.as_ref() == Some(patient));
    let Some(record) = own else { return Ok(None) };
    let callback = presenter.callbacks(session, std::slice::from_ref(&record)).await?.pop();
    let callback = callback.map(|own| CallbackForRole::Own(Box::new(own)));
    Ok(callback.map(|callback| event("callback", &CallbackChanged { callback })))
}

/// That a note was written, edited or deleted: where, and not what it says.
async fn note_changed(tenant: &Tenant, session: &mut Session, change: &Change) -> Result<Option<Event>, StoreError> {
    let note = note::load(session, &tenant.key, &NoteId::from(change.subject.as_str())).await?;
    Ok(note.map(|note| {
        let (note_id, conversation_id, patient_id) = (note.id, note.conversation, note.patient);
        event("note", &NoteChanged { note_id, conversation_id, patient_id })
    }))
}

/// That a follow-up was made, changed, came due or ended: whose it is, and not what it says.
fn follow_up_changed(record: &follow_up::Record) -> Event {
    let changed = FollowUpChanged {
        follow_up_id: record.id.clone(),
        patient_id: record.patient.clone(),
        operator_id: record.state.operator.clone(),
        queue_id: record.state.queue.clone(),
    };
    event("follow_up", &changed)
}

/// That a conclusion was saved or signed: where, and not what it says.
async fn conclusion_changed(session: &mut Session, change: &Change) -> Result<Option<Event>, StoreError> {
    let id = ConsultationId::from(change.subject.as_str());
    let known = conclusion::of_consultations(session, &[id.as_str()]).await?.remove(&id);
    Ok(known.map(|record| {
        let (version, signed_version) = (record.draft_version, record.signed_version);
        event("conclusion", &ConclusionChanged { consultation_id: id, version, signed_version })
    }))
}

/// That a section of the settings was changed: which, and not how. Of what patients see nothing they hear nothing.
async fn settings_changed(
    session: &mut Session,
    change: &Change,
    audience: &Audience,
) -> Result<Option<Event>, StoreError> {
    let Ok(section) = change.subject.parse::<Section>() else { return Ok(None) };
    let is_for_staff = matches!(
        section,
        Section::Conclusion(_)
            | Section::Rule(_)
            | Section::Rules
            | Section::Fields
            | Section::Retention
            | Section::Statuses
    );
    if audience.patient.is_some() && is_for_staff {
        return Ok(None);
    }
    let version = settings::newest_of(session, &section).await?.map_or(0, |version| version.version);
    Ok(Some(event("settings", &SettingsChanged { section: section.to_string(), version })))
}

/// A mention of the listener, as it stands now, and how many he has not looked at.
async fn mention_changed(
    tenant: &Tenant,
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    audience: &Audience,
) -> Result<Option<Event>, StoreError> {
    let listener = tenant.staff.by_user(&audience.user_id);
    let Some(listener) = listener.filter(|_| change.audience.as_deref() == Some(audience.user_id.as_str())) else {
        return Ok(None);
    };
    let mention_id = MentionId::from(change.subject.as_str());
    let record = note::mention(session, &mention_id).await?.filter(|mention| mention.operator == listener.id);
    let mention = record.as_ref().map(|record| presenter.mention(record));
    let unseen = note::unseen(session, &listener.id).await?;
    Ok(Some(event("mention", &MentionChanged { mention_id, mention, unseen })))
}

/// An invitation as it stands now: for who asked, and for who may say something to it; for everybody else it has vanished.
async fn invitation_changed(
    tenant: &Tenant,
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    audience: &Audience,
) -> Result<Option<Event>, StoreError> {
    let listener = tenant.staff.by_user(&audience.user_id);
    let Some(listener) = listener.filter(|_| change.audience.as_deref() == Some(audience.user_id.as_str())) else {
        return Ok(None);
    };
    let invitation_id = QueueInvitationId::from(change.subject.as_str());
    let now = tenant.context.now();
    let record = queue_invitation::load(session, &invitation_id).await?;
    let is_his = |record: &queue_invitation::Record| record.by == listener.id && record.seen_at.is_none();
    let record = record.filter(|record| is_his(record) || record.waits_for(&listener.id, now));
    let invitation = presenter.queue_invitations(session, record.into_iter().collect()).await?.pop();
    Ok(Some(event("queue_invitation", &QueueInvitationChanged { invitation_id, invitation })))
}

/// A canned reply as it stands now; a personal one for its owner alone.
async fn canned_changed(
    tenant: &Tenant,
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    audience: &Audience,
) -> Result<Option<Event>, StoreError> {
    if change.audience.as_deref().is_some_and(|owner| owner != audience.user_id.as_str()) {
        return Ok(None);
    }
    let canned_id = CannedId::from(change.subject.as_str());
    let record = canned::of_listener(session, tenant, &canned_id, &audience.user_id).await?;
    let canned = record.map(|record| presenter.canned(record));
    Ok(Some(event("canned", &CannedChanged { canned_id, canned })))
}

/// A call for staff, or for the patient whose it is.
async fn call_changed(
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    patient: Option<&PatientId>,
) -> Result<Option<Event>, StoreError> {
    let record = call::load(session, &CallId::from(change.subject.as_str())).await?;
    let own = record.filter(|record| patient.is_none_or(|patient| record.patient == *patient));
    let Some(record) = own else { return Ok(None) };
    let call = presenter.call(session, &record).await?;
    Ok(Some(event("call", &CallChanged { call })))
}

async fn macro_changed(
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
) -> Result<Option<Event>, StoreError> {
    let found = macros::load(session, &MacroId::from(change.subject.as_str())).await?;
    Ok(found.map(|found| event("macro", &MacroChanged { changed: presenter.shown_macro(found) })))
}

async fn tag_changed(
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
) -> Result<Option<Event>, StoreError> {
    let tag = tag::load(session, &TagId::from(change.subject.as_str())).await?;
    Ok(tag.map(|tag| event("tag", &TagChanged { tag: presenter.tag(tag) })))
}

/// A view as it stands now for the listener, or the listener's order of them.
async fn view_changed(
    tenant: &Tenant,
    session: &mut Session,
    presenter: Presenter<'_>,
    change: &Change,
    audience: &Audience,
) -> Result<Option<Event>, StoreError> {
    if change.audience.as_deref().is_some_and(|only| only != audience.user_id.as_str()) {
        return Ok(None);
    }
    if change.kind == Kind::ViewOrder {
        let view_ids = saved_view::arrangement(session, &OperatorId::from(change.subject.as_str())).await?;
        return Ok(Some(event("view_order", &SavedViewArrangement { view_ids })));
    }
    let view_id = SavedViewId::from(change.subject.as_str());
    let record = saved_view::of_listener(session, tenant, &view_id, &audience.user_id).await?;
    let view = record.map(|record| presenter.saved_view(record));
    Ok(Some(event("view", &SavedViewChanged { view_id, view })))
}

async fn own(
    presenter: Presenter<'_>,
    session: &mut Session,
    record: Option<Record>,
) -> Result<Option<Event>, StoreError> {
    let own = presenter.consultations(session, record.as_slice()).await?.pop();
    Ok(own.map(|own| {
        event("consultation", &ConsultationChanged { consultation: ConsultationForRole::Own(Box::new(own)) })
    }))
}

/// The patient's consultation that waits in a queue: its place may have changed.
async fn waiting_in(session: &mut Session, patient: &PatientId, queue: &str) -> Result<Option<Record>, StoreError> {
    for conversation in conversation::by_patient(session, patient).await? {
        let open = record::load_open(session, &conversation.id).await?;
        if let Some(open) =
            open.filter(|open| open.state.queue.as_str() == queue && open.state.phase.name() == Phase::Queued)
        {
            return Ok(Some(open));
        }
    }
    Ok(None)
}

async fn keys(session: &mut Session, change: &Change, audience: &Audience) -> Result<Option<Event>, StoreError> {
    if change.audience.as_deref() != Some(audience.user_id.as_str()) {
        return Ok(None);
    }
    let consultation_id = ConsultationId::from(change.subject.as_str());
    let Some(record) = record::load(session, &consultation_id).await? else { return Ok(None) };
    let devices =
        conversation::last_hand_over(session, &record.conversation, audience.user_id.as_str()).await?.unwrap_or(0);
    Ok(Some(event("keys", &KeysChanged { consultation_id, devices: u32::try_from(devices).unwrap_or(u32::MAX) })))
}

fn event(name: &'static str, payload: &impl Serialize) -> Event {
    Event { name, data: serde_json::to_string(payload).expect("a payload has only string keys") }
}

#[cfg(test)]
mod tests {
    use super::{Change, Kind, is_for_another};

    #[test]
    fn what_is_one_accounts_alone_is_read_for_nobody_else() {
        let change = |kind, audience: Option<&str>| Change {
            sequence: 1,
            kind,
            subject: "1".to_owned(),
            audience: audience.map(str::to_owned),
        };
        for kind in [Kind::Keys, Kind::Mention, Kind::QueueInvitation] {
            assert!(!is_for_another(&change(kind, Some("@petrova:x")), &"@petrova:x".into()), "{kind:?}");
            assert!(is_for_another(&change(kind, Some("@petrova:x")), &"@sokolov:x".into()), "{kind:?}");
        }
        assert!(
            !is_for_another(&change(Kind::Consultation, Some("@anna:x")), &"@sokolov:x".into()),
            "staff hears of it too"
        );
    }
}
