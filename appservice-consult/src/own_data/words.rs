//! Words of `index.html`. Russian, and English for every other language.

use consilium_config::brand::{FieldType, QuestionType};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::file::Missing;
use super::gather::OwnField;
use crate::api::types::{
    AnswerValue, AnsweredItem, AuditRole, CallKind, CallOutcome, CallSide, CallbackPhase, FieldValue, Phase,
    Relationship, SenderKind, Sex, TranscriptKind,
};
use crate::time::Time;

const ENGLISH_MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Words in one language, times in one zone.
#[derive(Debug, Clone)]
pub struct Words {
    is_russian: bool,
    zone: TimeZone,
}

impl Words {
    pub fn new(language: &str, zone: TimeZone) -> Self {
        Self { is_russian: language == "ru", zone }
    }

    /// One of two.
    pub fn of(&self, russian: &'static str, english: &'static str) -> &'static str {
        if self.is_russian { russian } else { english }
    }

    /// `29.11.2026, 13:05` or `29 Nov 2026, 13:05`.
    pub fn moment(&self, at: Time) -> String {
        let local = self.zone.to_datetime(at.timestamp());
        format!("{}, {:02}:{:02}", self.day(at), local.hour(), local.minute())
    }

    /// The day alone.
    pub fn day(&self, at: Time) -> String {
        self.date(self.zone.to_datetime(at.timestamp()).date())
    }

    fn date(&self, date: Date) -> String {
        if self.is_russian {
            return format!("{:02}.{:02}.{}", date.day(), date.month(), date.year());
        }
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        format!("{} {} {}", date.day(), ENGLISH_MONTHS[month], date.year())
    }

    /// The day as names of folders have it, so that they sort.
    pub fn sorting_day(&self, at: Time) -> String {
        self.zone.to_datetime(at.timestamp()).date().to_string()
    }

    pub fn sex(&self, sex: Sex) -> &'static str {
        match sex {
            Sex::Female => self.of("женский", "female"),
            Sex::Male => self.of("мужской", "male"),
            Sex::Other => self.of("другой", "other"),
        }
    }

    /// Who somebody is to the patient.
    pub fn relationship(&self, relationship: Relationship) -> &'static str {
        match relationship {
            Relationship::Parent => self.of("ребёнок", "child"),
            Relationship::Child => self.of("родитель", "parent"),
            Relationship::Spouse => self.of("супруг или супруга", "husband or wife"),
            Relationship::Sibling => self.of("брат или сестра", "brother or sister"),
            Relationship::Grandparent => self.of("внук или внучка", "grandchild"),
            Relationship::Grandchild => self.of("бабушка или дедушка", "grandparent"),
            Relationship::Guardian => self.of("подопечный", "ward"),
            Relationship::Family => self.of("родственник", "relative"),
            Relationship::Other => self.of("другой человек", "somebody else"),
        }
    }

    pub fn phase(&self, phase: Phase) -> &'static str {
        match phase {
            Phase::Queued => self.of("ждёт ответа", "waiting"),
            Phase::Active => self.of("идёт", "under way"),
            Phase::OnHold => self.of("на паузе", "on hold"),
            Phase::Archived => self.of("завершена", "over"),
            Phase::Cancelled => self.of("отменена", "cancelled"),
            Phase::Abandoned => self.of("осталась без ответа", "was not answered"),
        }
    }

    pub fn sender(&self, who: SenderKind) -> &'static str {
        match who {
            SenderKind::Patient => self.of("Вы", "you"),
            SenderKind::Operator => self.of("специалист", "specialist"),
            SenderKind::System => self.of("сообщение службы", "notice of the service"),
        }
    }

    /// What stands where a message has no text.
    pub fn without_text(&self, kind: TranscriptKind) -> &'static str {
        match kind {
            TranscriptKind::Redacted => {
                self.of("Сообщение удалено отправителем.", "The sender took this message back.")
            }
            TranscriptKind::Undecryptable => self.of(
                "Сообщение не удалось расшифровать: ключ к нему до службы не дошёл.",
                "The message could not be read: its key never reached the service.",
            ),
            TranscriptKind::Text
            | TranscriptKind::Notice
            | TranscriptKind::Image
            | TranscriptKind::File
            | TranscriptKind::Audio
            | TranscriptKind::Video => "",
        }
    }

    pub fn missing(&self, why: Missing) -> &'static str {
        match why {
            Missing::Gone => self.of("на сервере его больше нет", "it is not on the server any more"),
            Missing::Elsewhere => self.of("он лежит на чужом сервере", "it lies on a server of somebody else"),
            Missing::TooLarge => self.of(
                "слишком большой, или все файлы вместе слишком большие: попросите его у нас отдельно",
                "it is too large, or all files together are: ask us for it",
            ),
            Missing::NotReachable => self.of(
                "сервер его сейчас не отдал: попробуйте сделать копию ещё раз",
                "the server did not give it just now: make the copy once more",
            ),
            Missing::Damaged => self.of("не открывается своим ключом", "it does not open with its key"),
            Missing::NoKey => self.of(
                "ключ архива хранится не на этом сервере: попросите запись у нас",
                "the archive's key is not on this server: ask us for the record",
            ),
        }
    }

    pub fn call_kind(&self, kind: CallKind) -> &'static str {
        match kind {
            CallKind::Audio => self.of("аудиозвонок", "audio call"),
            CallKind::Video => self.of("видеозвонок", "video call"),
        }
    }

    pub fn caller(&self, side: CallSide) -> &'static str {
        match side {
            CallSide::Patient => self.of("звонили Вы", "you called"),
            CallSide::Staff => self.of("звонили Вам", "you were called"),
        }
    }

    pub fn outcome(&self, outcome: Option<CallOutcome>) -> &'static str {
        match outcome {
            Some(CallOutcome::Completed) => self.of("состоялся", "took place"),
            Some(CallOutcome::Declined) => self.of("отклонён", "declined"),
            Some(CallOutcome::Missed) => self.of("без ответа", "not answered"),
            Some(CallOutcome::Cancelled) => self.of("отменён", "cancelled"),
            Some(CallOutcome::Busy) => self.of("занято", "busy"),
            Some(CallOutcome::Lost) => self.of("связь прервалась", "the connection was lost"),
            None => self.of("идёт", "under way"),
        }
    }

    pub fn callback_phase(&self, phase: CallbackPhase) -> &'static str {
        match phase {
            CallbackPhase::New => self.of("ждёт звонка", "waiting"),
            CallbackPhase::Taken | CallbackPhase::Calling => self.of("в работе", "being dealt with"),
            CallbackPhase::NoAnswer => self.of("не дозвонились", "not reached"),
            CallbackPhase::Done | CallbackPhase::Archived => self.of("завершена", "over"),
            CallbackPhase::Cancelled => self.of("отменена", "cancelled"),
        }
    }

    pub fn role(&self, role: AuditRole) -> &'static str {
        match role {
            AuditRole::Patient => self.of("Вы", "you"),
            AuditRole::Operator => self.of("специалист", "specialist"),
            AuditRole::Supervisor => self.of("старший смены", "supervisor"),
            AuditRole::Partner => self.of("связанная система", "connected system"),
            AuditRole::System => self.of("сама служба", "the service itself"),
        }
    }

    pub fn reading(&self, what: &str) -> &'static str {
        match what {
            "record" => self.of("запись консультации", "record of a consultation"),
            "conclusion" => self.of("заключение", "conclusion"),
            "copy" => self.of("копия данных", "copy of the data"),
            "person" => self.of("карточка близкого человека", "card of somebody close to you"),
            _ => self.of("карточка", "card"),
        }
    }

    /// What was answered: `yes`, `38.5 °C`, what was chosen, a day or words.
    pub fn answer(&self, item: &AnsweredItem) -> String {
        match &item.value {
            AnswerValue::Boolean(true) => self.of("да", "yes").to_owned(),
            AnswerValue::Boolean(false) => self.of("нет", "no").to_owned(),
            AnswerValue::Decimal(number) => {
                let number = self.number(*number);
                item.unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}"))
            }
            AnswerValue::Codes(_) => item.chosen.join(", "),
            AnswerValue::Text(text) => match text.parse::<Date>() {
                Ok(date) if item.kind == QuestionType::Date => self.date(date),
                _ => text.clone(),
            },
        }
    }

    /// What stands in a field of the brand's own: `yes`, `38.5`, what was chosen, a day or words.
    pub fn field(&self, field: &OwnField) -> String {
        match &field.value {
            FieldValue::Boolean(true) => self.of("да", "yes").to_owned(),
            FieldValue::Boolean(false) => self.of("нет", "no").to_owned(),
            FieldValue::Number(number) => self.number(*number),
            FieldValue::Text(text) => match text.parse::<Date>() {
                Ok(date) if field.kind == Some(FieldType::Date) => self.date(date),
                _ => field.chosen.as_ref().unwrap_or(text).clone(),
            },
        }
    }

    fn number(&self, number: f64) -> String {
        let number = number.to_string();
        if self.is_russian { number.replace('.', ",") } else { number }
    }

    /// `3 мин 5 с`.
    pub fn length(&self, seconds: i64) -> String {
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let (minute, second) = (self.of("мин", "min"), self.of("с", "s"));
        if minutes == 0 { format!("{seconds} {second}") } else { format!("{minutes} {minute} {seconds} {second}") }
    }
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::QuestionType;
    use jiff::tz::TimeZone;

    use super::Words;
    use crate::api::types::{AnswerValue, AnsweredItem};
    use crate::time::Time;

    fn answer(language: &str, kind: QuestionType, value: AnswerValue) -> String {
        let chosen = vec!["A rash".to_owned(), "A cough".to_owned()];
        let unit = Some("°C".to_owned());
        let item =
            AnsweredItem { link_id: "a".to_owned(), text: "?".to_owned(), kind, value, chosen, unit, red_flag: false };
        Words::new(language, TimeZone::UTC).answer(&item)
    }

    #[test]
    fn answers_are_said_in_words() {
        let both = |kind, value: &AnswerValue| ["ru", "en"].map(|language| answer(language, kind, value.clone()));
        assert_eq!(both(QuestionType::Boolean, &AnswerValue::Boolean(true)), ["да", "yes"]);
        assert_eq!(both(QuestionType::Decimal, &AnswerValue::Decimal(38.5)), ["38,5 °C", "38.5 °C"]);
        assert_eq!(both(QuestionType::Decimal, &AnswerValue::Decimal(40.0)), ["40 °C", "40 °C"]);
        assert_eq!(both(QuestionType::Choice, &AnswerValue::Codes(Vec::new())), ["A rash, A cough", "A rash, A cough"]);
        let day = AnswerValue::Text("2026-11-09".to_owned());
        assert_eq!(both(QuestionType::Date, &day), ["09.11.2026", "9 Nov 2026"]);
        assert_eq!(both(QuestionType::Text, &day), ["2026-11-09", "2026-11-09"], "words stay words");
    }

    #[test]
    fn times_are_those_of_the_brand() {
        let at = Time::from_millis(1_700_000_000_000);
        let zone = || TimeZone::get("Europe/Moscow").unwrap_or(TimeZone::UTC);
        assert_eq!(Words::new("ru", zone()).moment(at), "15.11.2023, 01:13");
        assert_eq!(Words::new("de", zone()).moment(at), "15 Nov 2023, 01:13");
        assert_eq!(Words::new("en", TimeZone::UTC).sorting_day(at), "2023-11-14");
        assert_eq!(
            (Words::new("en", zone()).length(65), Words::new("ru", zone()).length(5)),
            ("1 min 5 s".into(), "5 с".into())
        );
    }
}
