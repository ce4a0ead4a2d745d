//! What the service says in rooms, in the patient's language (`conversation/spoken.rs`), else in the brand's: for clients that show no separators of ours.
//!
//! Our own apps know the notices by `chat.consilium.notice` and show their own words instead.

use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::api::types::CallOutcome;
use crate::call;
use crate::callback;
use crate::consultation::Notice;
use crate::ids::ConsultationId;
use crate::time::Time;

/// What there are words in.
pub(super) const LANGUAGES: [&str; 2] = ["en", "ru"];

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
        Notice::Joined => "К разговору присоединяется {operator}.",
        Notice::Left => "Разговор покидает {operator}.",
        Notice::Transferred => "Обращение передано другому специалисту. Он ответит здесь.",
        Notice::Returned => {
            "Простите: у специалиста пропала связь. Его коллега продолжит здесь, рассказывать всё заново не придётся."
        }
        Notice::StillThere => {
            "Вы ещё здесь? Если вопросы остались, напишите. Иначе мы скоро завершим консультацию, переписка сохранится."
        }
        Notice::ClosedSilent => {
            "Мы завершили консультацию, потому что от Вас давно нет сообщений. Напишите, когда будет удобно, и мы продолжим."
        }
        Notice::Closed => "Консультация завершена. Переписка остаётся здесь; новое сообщение начнёт её снова.",
        Notice::Cancelled => "Обращение отменено.",
        Notice::Abandoned => {
            "К сожалению, никто не смог ответить вовремя. Напишите ещё раз, и обращение снова встанет в очередь."
        }
        Notice::PersonCorrected => "Исправлено, о ком эта консультация. Подробности — в приложении.",
        Notice::Reopened => "Обращение снова открыто. Мы ответим здесь.",
        Notice::ConclusionReady => "Заключение готово. Его можно открыть в приложении.",
        Notice::ConclusionAmended => "Заключение исправлено. Новая версия — в приложении.",
    }
}

fn english(notice: Notice) -> &'static str {
    match notice {
        Notice::Queued => "Your request has been received. Write your question; we will answer here.",
        Notice::Taken => "{operator} is with you now.",
        Notice::Joined => "{operator} joined the conversation.",
        Notice::Left => "{operator} left the conversation.",
        Notice::Transferred => "Your request goes to another specialist, who will answer here.",
        Notice::Returned => {
            "We are sorry: the specialist has lost the connection. A colleague will go on here, and you need not tell everything again."
        }
        Notice::StillThere => {
            "Are you still there? If you have more questions, write to us. Otherwise we close the consultation soon; the conversation stays."
        }
        Notice::ClosedSilent => {
            "We closed the consultation, for we have not heard from you in a while. Write whenever it suits you, and we will go on."
        }
        Notice::Closed => "The consultation is closed. The conversation stays here; a new message begins it again.",
        Notice::Cancelled => "Your request has been cancelled.",
        Notice::Abandoned => {
            "We are sorry that nobody could answer in time. Write again, and your request joins the queue again."
        }
        Notice::PersonCorrected => "It was corrected whom this consultation is about. The app says who it is.",
        Notice::Reopened => "Your request is open again. We will answer here.",
        Notice::ConclusionReady => "The conclusion is ready. You can open it in the app.",
        Notice::ConclusionAmended => "The conclusion was amended. The new version is in the app.",
    }
}

/// The line about a call that has ended.
pub(super) fn call_content(call: &call::Record, language: &str) -> Value {
    let talked = call.state.answered_at().zip(call.state.ended_at());
    let seconds = talked.map_or(0, |(from, to)| to.seconds_since(from));
    let outcome = call.state.outcome();
    json!({
        "msgtype": "m.notice",
        "body": call_text(outcome, seconds, language),
        "chat.consilium.notice": {
            "kind": "call",
            "call_id": call.id,
            "consultation_id": call.consultation,
            "call": call.kind,
            "caller": call.state.caller,
            "outcome": outcome,
            "seconds": seconds,
        },
    })
}

fn call_text(outcome: Option<CallOutcome>, seconds: i64, language: &str) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let is_russian = language == "ru";
    let text = |russian: &str, english: &str| if is_russian { russian.to_owned() } else { english.to_owned() };
    match outcome {
        Some(CallOutcome::Completed) | None => text("Звонок завершён: {m} мин {s} с.", "Call ended: {m} min {s} s.")
            .replace("{m}", &minutes.to_string())
            .replace("{s}", &rest.to_string()),
        Some(CallOutcome::Declined) => text("Звонок отклонён.", "The call was declined."),
        Some(CallOutcome::Missed) => text("Пропущенный звонок.", "Missed call."),
        Some(CallOutcome::Cancelled) => text("Звонок отменён.", "The call was cancelled."),
        Some(CallOutcome::Busy) => text("Занято: идёт другой разговор.", "Busy: another call was on."),
        Some(CallOutcome::Lost) => {
            text("Звонок прервался: пропала связь.", "The call was cut off: the connection was lost.")
        }
    }
}

/// The line about a call-back.
pub(super) fn callback_content(
    record: &callback::Record,
    notice: callback::Notice,
    operator: Option<&str>,
    language: &str,
) -> Value {
    let window = record.state.when.window();
    json!({
        "msgtype": "m.notice",
        "body": callback_text(notice, operator, window.map(|window| local(window, &record.time_zone)).as_deref(), language),
        "chat.consilium.notice": {
            "kind": "callback",
            "callback_id": record.id,
            "step": notice,
            "window": window.map(|(start, end)| json!({ "start": start, "end": end })),
            "time_zone": record.time_zone,
        },
    })
}

/// A window in the patient's local time, such as `28.11.2026 15:00–17:00`.
fn local((start, end): (Time, Time), time_zone: &str) -> String {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let (start, end) = (start.timestamp().to_zoned_datetime(zone.clone()), end.timestamp().to_zoned_datetime(zone));
    let until = if start.date() == end.date() { "%H:%M" } else { "%d.%m.%Y %H:%M" };
    format!("{}–{}", start.strftime("%d.%m.%Y %H:%M"), end.strftime(until))
}

fn callback_text(notice: callback::Notice, operator: Option<&str>, window: Option<&str>, language: &str) -> String {
    let is_russian = language == "ru";
    let soon = if is_russian { "как только сможем" } else { "as soon as we can" };
    let text = match (notice, is_russian) {
        (callback::Notice::Ordered, true) => "Заявка на звонок принята. Позвоним: {when}.",
        (callback::Notice::Ordered, false) => "Your call-back is ordered. We will call: {when}.",
        (callback::Notice::Moved, true) => "Звонок перенесён. Позвоним: {when}.",
        (callback::Notice::Moved, false) => "The call-back has been moved. We will call: {when}.",
        (callback::Notice::Taken, true) => "Вам позвонит {operator}.",
        (callback::Notice::Taken, false) => "{operator} will call you.",
        (callback::Notice::NoAnswer, true) => "Мы не смогли до Вас дозвониться и попробуем ещё раз.",
        (callback::Notice::NoAnswer, false) => "We could not reach you and will try again.",
        (callback::Notice::Done, true) => "Заявка на звонок закрыта.",
        (callback::Notice::Done, false) => "The call-back is done.",
        (callback::Notice::Cancelled, true) => "Заявка на звонок отменена.",
        (callback::Notice::Cancelled, false) => "The call-back has been cancelled.",
    };
    text.replace("{when}", window.unwrap_or(soon)).replace("{operator}", operator.unwrap_or_default())
}

/// What a patient has to agree to before anything can begin, and where. No notice of ours by its kind, so that our own apps show it too: whoever wrote there has to
/// know that nobody reads it yet.
/// Who speaks to the desk by plain replies is sent there.
pub(super) fn consents_content(titles: &[&str], (app_url, desk): (&str, Option<&str>), language: &str) -> Value {
    let titles = titles.iter().fold(String::new(), |list, title| list + "\n• " + *title);
    let is_russian = language == "ru";
    let missing = if is_russian {
        "Ваше сообщение пока никто не получил: сначала нужно Ваше согласие."
    } else {
        "Nobody has received your message yet: we need your agreement first."
    };
    let way = match (desk, is_russian) {
        (Some(desk), true) => format!("Выберите услугу здесь: {desk} — и ответьте на вопросы. Затем задайте свой."),
        (Some(desk), false) => {
            format!("Choose a service here: {desk} and reply to what is asked. Then ask your question.")
        }
        (None, true) => {
            format!("Откройте {app_url}, выберите услугу и отметьте, на что согласны. Затем задайте вопрос.")
        }
        (None, false) => {
            format!("Open {app_url}, choose a service and tick what you agree to. Then ask your question.")
        }
    };
    let body = format!("{missing}{titles}\n{way}");
    json!({ "msgtype": "m.notice", "body": body })
}

#[cfg(test)]
mod tests {
    use super::{call_text, callback_text, consents_content, content, local};
    use crate::api::types::CallOutcome;
    use crate::consultation::Notice;
    use crate::time::Time;

    #[test]
    fn a_call_has_a_line_for_each_end_in_both_languages() {
        let outcomes = [
            CallOutcome::Completed,
            CallOutcome::Declined,
            CallOutcome::Missed,
            CallOutcome::Cancelled,
            CallOutcome::Busy,
            CallOutcome::Lost,
        ];
        let lines: std::collections::BTreeSet<String> = outcomes
            .iter()
            .flat_map(|outcome| ["ru", "en"].map(|language| call_text(Some(*outcome), 200, language)))
            .collect();
        assert_eq!(lines.len(), 12, "{lines:?}");
        assert!(lines.contains("Call ended: 3 min 20 s."));
    }

    #[test]
    fn a_call_back_has_a_line_for_each_step_in_both_languages() {
        use crate::callback::Notice::{Cancelled, Done, Moved, NoAnswer, Ordered, Taken};
        let lines: std::collections::BTreeSet<String> = [Ordered, Moved, Taken, NoAnswer, Done, Cancelled]
            .iter()
            .flat_map(|notice| ["ru", "en"].map(|language| callback_text(*notice, Some("Dr P"), None, language)))
            .collect();
        assert_eq!(lines.len(), 12, "{lines:?}");
        assert!(lines.contains("Dr P will call you."));
        let window = (Time::from_millis(1_795_867_200_000), Time::from_millis(1_795_874_400_000));
        let text = callback_text(Ordered, None, Some(&local(window, "Europe/Moscow")), "en");
        assert_eq!(text, "Your call-back is ordered. We will call: 28.11.2026 15:00–17:00.");
    }

    #[test]
    fn what_has_to_be_agreed_to_is_said_in_words_that_every_client_shows() {
        let titles = ["I agree to this", "and to that"];
        let app = ("https://clinic.example", None);
        let content = consents_content(&titles, app, "en");
        let body = content["body"].as_str().unwrap_or_default();
        assert!(body.contains("• I agree to this\n• and to that") && body.contains("https://clinic.example"), "{body}");
        assert!(content.get("chat.consilium.notice").is_none());
        assert_ne!(content, consents_content(&titles, app, "ru"));
        for language in ["en", "ru"] {
            let at_desk = consents_content(&titles, (app.0, Some("https://desk")), language);
            let body = at_desk["body"].as_str().unwrap_or_default();
            assert!(body.contains("https://desk") && !body.contains("https://clinic.example"), "{body}");
        }
    }

    #[test]
    fn who_lost_his_specialist_or_says_nothing_is_told_so_in_his_language() {
        let notices = [Notice::Returned, Notice::StillThere, Notice::ClosedSilent];
        let lines: std::collections::BTreeSet<String> = notices
            .iter()
            .flat_map(|notice| ["ru", "en"].map(|language| content(*notice, &"c1".into(), None, language)))
            .map(|content| content["body"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(lines.len(), 6, "{lines:?}");
        assert!(lines.iter().all(|line| !line.contains('{')), "{lines:?}");
    }

    #[test]
    fn a_notice_names_the_operator_and_can_be_told_from_what_people_write() {
        let content = content(Notice::Taken, &"c1".into(), Some("Dr Petrova"), "en");
        assert_eq!(content["body"], "Dr Petrova is with you now.");
        assert_eq!(content["chat.consilium.notice"]["kind"], "taken");
        assert_eq!(content["msgtype"], "m.notice");
    }
}
