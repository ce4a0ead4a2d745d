//! What the service says in rooms, in the brand's default language: for clients that show no separators of ours.
//!
//! Our own apps know the notices by `chat.consilium.notice` and show their own words instead.

use serde_json::{Value, json};

use crate::consultation::Notice;
use crate::ids::ConsultationId;

/// The message event's content.
pub(super) fn content(notice: Notice, consultation: &ConsultationId, operator: Option<&str>, language: &str) -> Value {
    json!({
        "msgtype": "m.notice",
        "body": text(notice, operator, language),
        "chat.consilium.notice": { "kind": notice, "consultation_id": consultation },
    })
}

fn text(notice: Notice, operator: Option<&str>, language: &str) -> String {
    let text = if language == "ru" { russian(notice) } else { english(notice) };
    text.replace("{operator}", operator.unwrap_or_default())
}

fn russian(notice: Notice) -> &'static str {
    match notice {
        Notice::Queued => "Обращение принято. Напишите свой вопрос; мы ответим здесь.",
        Notice::Taken => "На связи {operator}.",
        Notice::Transferred => "Обращение передано другому специалисту. Он ответит здесь.",
        Notice::Closed => "Консультация завершена. Переписка остаётся здесь; новое сообщение начнёт её снова.",
        Notice::Cancelled => "Обращение отменено.",
        Notice::Abandoned => {
            "К сожалению, никто не смог ответить вовремя. Напишите ещё раз, и обращение снова встанет в очередь."
        }
        Notice::Reopened => "Обращение снова открыто. Мы ответим здесь.",
    }
}

fn english(notice: Notice) -> &'static str {
    match notice {
        Notice::Queued => "Your request has been received. Write your question; we will answer here.",
        Notice::Taken => "{operator} is with you now.",
        Notice::Transferred => "Your request goes to another specialist, who will answer here.",
        Notice::Closed => "The consultation is closed. The conversation stays here; a new message begins it again.",
        Notice::Cancelled => "Your request has been cancelled.",
        Notice::Abandoned => {
            "We are sorry that nobody could answer in time. Write again, and your request joins the queue again."
        }
        Notice::Reopened => "Your request is open again. We will answer here.",
    }
}

#[cfg(test)]
mod tests {
    use super::content;
    use crate::consultation::Notice;

    #[test]
    fn a_notice_names_the_operator_and_can_be_told_from_what_people_write() {
        let content = content(Notice::Taken, &"c1".into(), Some("Dr Petrova"), "en");
        assert_eq!(content["body"], "Dr Petrova is with you now.");
        assert_eq!(content["chat.consilium.notice"]["kind"], "taken");
        assert_eq!(content["msgtype"], "m.notice");
    }
}
