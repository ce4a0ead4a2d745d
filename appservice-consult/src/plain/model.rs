//! What the dialogue is decided from, and what comes of it: plain values.

use consilium_config::Brand;
use consilium_config::brand::Questionnaire;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::words::Words;
use crate::api::types::{GivenConsent, QuestionAnswer, WaitEstimate};
use crate::ids::{CircleId, ConsentPurpose, ConsultationId, QueueId, RoomId};
use crate::time::Time;

/// What the desk remembers of a dialogue. It lies sealed in the row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// How far it is.
    pub stage: Stage,
    /// The wait of which it was told that somebody is asked to come.
    pub offer_told: Option<(ConsultationId, Time)>,
}

/// How far a dialogue is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum Stage {
    /// The services were listed, none is chosen.
    #[default]
    Choosing,
    /// Something has to be agreed to.
    Agreeing {
        /// Before what.
        queue: QueueId,
        /// To what.
        purpose: ConsentPurpose,
        /// By the hash of what was shown.
        hash: String,
    },
    /// A question of the service is open.
    Filling {
        /// Of which.
        queue: QueueId,
        /// Which.
        asked: String,
        /// What was answered before it, in the order of the questions.
        answers: Vec<QuestionAnswer>,
        /// What was left out.
        passed: Vec<String>,
    },
    /// All is there: the next message in the conversation begins the consultation.
    Ready {
        /// In which.
        queue: QueueId,
        /// What was answered to what it asks.
        answers: Vec<QuestionAnswer>,
    },
}

impl Stage {
    /// The service that was chosen.
    pub fn queue(&self) -> Option<&QueueId> {
        match self {
            Self::Choosing => None,
            Self::Agreeing { queue, .. } | Self::Filling { queue, .. } | Self::Ready { queue, .. } => Some(queue),
        }
    }
}

/// A service as it stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Which.
    pub queue: QueueId,
    /// Whose conversation it uses.
    pub circle: CircleId,
    /// Its name in the patient's language.
    pub name: String,
    /// Its names in all languages.
    pub names: Vec<String>,
    /// What can be expected of it.
    pub description: String,
    /// What it costs, such as `1500.00 RUB`.
    pub price: Option<String>,
    /// What waiting took lately.
    pub wait: Option<WaitEstimate>,
    /// Whether it takes something.
    pub state: Offered,
}

/// Whether a service takes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// It works, and somebody is there.
    Open,
    /// It works, and nobody is there just now.
    Unattended,
    /// It does not work now; whoever asks is answered when it does.
    Closed {
        /// When that is, in its own time zone.
        opens: Option<String>,
    },
    /// As many wait as it takes.
    Full,
}

/// What has to be agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// To what, with the hash of what is shown.
    pub given: GivenConsent,
    /// What stands beside the tick.
    pub title: String,
    /// The gist.
    pub summary: String,
    /// The whole of it.
    pub text: String,
}

/// A consultation that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Which.
    pub id: ConsultationId,
    /// Where.
    pub room: RoomId,
    /// Whose conversation that is.
    pub circle: CircleId,
    /// Its service, in the patient's language.
    pub service: String,
    /// How it stands.
    pub place: Place,
}

/// How a consultation stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Nobody has taken it.
    Waiting {
        /// From 1.
        place: u32,
        /// What waiting took lately.
        wait: Option<WaitEstimate>,
    },
    /// An operator leads it.
    With {
        /// His name.
        operator: String,
    },
    /// He has put it aside.
    OnHold {
        /// His name.
        operator: String,
    },
}

/// The desk as a patient finds it.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// What it is.
    pub brand: &'a Brand,
    /// In which language it answers.
    pub words: Words<'a>,
    /// Its services, in the brand's order.
    pub choices: &'a [Choice],
    /// What the patient has to agree to before anything begins.
    pub missing: &'a [Ask],
    /// What is open of his.
    pub open: &'a [Open],
    /// Today, where the desk is.
    pub today: Date,
    /// Where the patients' app is.
    pub app_url: &'a str,
    /// The homeserver's name, for links to rooms.
    pub server_name: &'a str,
}

impl<'a> Desk<'a> {
    /// What a service asks.
    pub fn questionnaire(&self, queue: &QueueId) -> Option<&'a Questionnaire> {
        self.brand.questionnaire(self.brand.queue(queue.as_str())?)
    }

    /// The brand's text for emergencies.
    pub fn emergency(&self) -> &'a str {
        emergency(self.brand, self.words.language)
    }
}

/// A brand's text for emergencies.
pub fn emergency<'a>(brand: &'a Brand, language: &str) -> &'a str {
    let texts = brand.texts.get(language).or_else(|| brand.texts.get(&brand.default_language));
    texts.and_then(|texts| texts.get("emergency")).map_or("", String::as_str)
}

/// What is to be done besides answering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// To write down that he agrees.
    Agree(GivenConsent),
    /// To ask him into the conversation of a service.
    Prepare(QueueId),
    /// To withdraw what waits.
    Cancel(ConsultationId),
    /// To end what an operator leads.
    Finish(ConsultationId),
    /// To write down what he thought of it.
    Rate(ConsultationId, i64),
    /// To speak another language.
    Speak(String),
}

/// What comes of a message.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turn {
    /// How far the dialogue is then.
    pub stage: Stage,
    /// What is answered, one message each.
    pub says: Vec<String>,
    /// What is done, in this order.
    pub deeds: Vec<Deed>,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Memory, Stage};
    use crate::api::types::{AnswerValue, QuestionAnswer};
    use crate::time::Time;

    #[test]
    fn a_memory_reads_back_as_it_was_written() {
        let answer = |link_id: &str, value| QuestionAnswer { link_id: link_id.to_owned(), value };
        let answers = vec![
            answer("fever", AnswerValue::Boolean(true)),
            answer("high", AnswerValue::Decimal(38.0)),
            answer("signs", AnswerValue::Codes(vec!["rash".to_owned()])),
            answer("words", AnswerValue::Text("none".to_owned())),
        ];
        let offer_told = Some(("c1".into(), Time::from_millis(1_700_000_000_123)));
        for stage in [
            Stage::Choosing,
            Stage::Agreeing { queue: "general".into(), purpose: "treatment".into(), hash: "h".to_owned() },
            Stage::Filling {
                queue: "child".into(),
                asked: "x".to_owned(),
                answers: answers.clone(),
                passed: vec!["y".to_owned()],
            },
            Stage::Ready { queue: "child".into(), answers: answers.clone() },
        ] {
            let memory = Memory { stage, offer_told: offer_told.clone() };
            let written = serde_json::to_vec(&memory).unwrap();
            assert_eq!(serde_json::from_slice::<Memory>(&written).unwrap(), memory);
        }
    }
}
