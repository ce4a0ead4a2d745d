//! Where the message of a follow-up goes, what language is spoken there, and the words that the brand begins with.

use super::record::Record;
use crate::consultation::record as consultations;
use crate::conversation::{self, Conversation};
use crate::ids::{ConsultationId, ConversationId, PatientId, QueueId, RoomId};
use crate::store::{Session, StoreError};
use crate::tenant::Tenant;

/// The brand's own words, among its texts.
const TEXT: &str = "follow_up.message";

/// About whom, or what.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub(super) patient: &'a PatientId,
    pub(super) consultation: Option<&'a ConsultationId>,
    pub(super) queue: &'a QueueId,
}

impl<'a> From<&'a Record> for About<'a> {
    fn from(record: &'a Record) -> Self {
        let (patient, consultation) = (&record.patient, record.consultation.as_ref());
        Self { patient, consultation, queue: &record.state.queue }
    }
}

/// With what a message begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What the patient speaks, as far as the brand does.
    pub language: String,
    /// The brand's own words in it.
    pub text: String,
    /// Whether there is a conversation into which it can be sent.
    pub can_be_sent: bool,
}

/// The room into which a message goes. `None`: there is none yet.
pub(super) async fn room(
    session: &mut Session,
    tenant: &Tenant,
    about: About<'_>,
) -> Result<Option<(ConversationId, RoomId)>, StoreError> {
    let conversation = conversation(session, tenant, about).await?;
    Ok(conversation.and_then(|conversation| conversation.room.map(|room| (conversation.id, room))))
}

/// The words in the language in which everything is said to the patient.
pub(super) async fn words(session: &mut Session, tenant: &Tenant, about: About<'_>) -> Result<Words, StoreError> {
    let conversation = conversation(session, tenant, about).await?;
    let of = about.consultation.map_or(conversation::About::Conversation, conversation::About::Consultation);
    let spoken = match &conversation {
        Some(conversation) => conversation::spoken(session, tenant, conversation, of).await?,
        None => None,
    };
    let brand = tenant.brand();
    let language = brand.language_for(spoken.as_deref().unwrap_or_default()).to_owned();
    let own = brand.texts.get(&language).and_then(|texts| texts.get(TEXT));
    let text = own.cloned().unwrap_or_else(|| usual(&language).to_owned());
    Ok(Words { language, text, can_be_sent: conversation.is_some_and(|conversation| conversation.room.is_some()) })
}

/// That of the consultation, else the patient's with the circle of the queue: another circle's operators are not to know of it.
async fn conversation(
    session: &mut Session,
    tenant: &Tenant,
    about: About<'_>,
) -> Result<Option<Conversation>, StoreError> {
    if let Some(id) = about.consultation {
        let Some(consultation) = consultations::load(session, id).await? else { return Ok(None) };
        return conversation::load(session, &consultation.conversation).await;
    }
    let brand = tenant.brand();
    let Some(queue) = brand.queue(about.queue.as_str()) else { return Ok(None) };
    let all = conversation::by_patient(session, about.patient).await?;
    Ok(all.into_iter().find(|one| one.circle.as_str() == queue.circle))
}

/// Where the brand has no words of its own. Russian, and English for every other language.
fn usual(language: &str) -> &'static str {
    if language == "ru" {
        "Здравствуйте! Вы недавно обращались к нам. Как Ваши дела? Если появились вопросы, напишите здесь, и мы ответим."
    } else {
        "Hello! You talked to us not long ago. How have you been? If you have a question, write here, and we will answer."
    }
}
