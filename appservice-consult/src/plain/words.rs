//! What the desk says to patients at other Matrix clients, in Russian and English: short, and with what can be written next. Pure.

use super::model::{Ask, Choice, Offered, Open, Place};
use crate::api::types::WaitEstimate;

/// The language that is spoken. One that has no words here is answered in English, with the brand's own texts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// As the brand names it.
    pub language: &'a str,
}

/// Whether the words of a language are Russian.
fn is_russian(language: &str) -> bool {
    language == "ru" || language.starts_with("ru-")
}

impl Words<'_> {
    /// One of the two.
    pub fn pick<'b>(self, russian: &'b str, english: &'b str) -> &'b str {
        if is_russian(self.language) { russian } else { english }
    }

    /// One of the two, with `{0}`, `{1}` filled in.
    pub fn fill(self, russian: &str, english: &str, values: &[&str]) -> String {
        let mut text = self.pick(russian, english).to_owned();
        for (place, value) in values.iter().enumerate() {
            text = text.replace(&format!("{{{place}}}"), value);
        }
        text
    }

    /// The first words in a room.
    pub fn greeting(self, brand: &str, emergency: &str, other: Option<&str>) -> String {
        let hello = self.fill(
            "Здравствуйте! Это {0}. Здесь можно выбрать специалиста и следить за обращением — достаточно отвечать на сообщения.",
            "Hello! This is {0}. Here you choose a specialist and follow your request: simply reply.",
            &[brand],
        );
        let other = other.map_or_else(String::new, |other| format!("\n{other}"));
        format!("{hello}\n{emergency}{other}")
    }

    /// The line that offers the other language, in that language.
    pub fn offer_of_language(language: &str) -> Option<&'static str> {
        match language {
            "en" => Some("In English: reply “english”."),
            "ru" => Some("По-русски: ответьте «русский»."),
            _ => None,
        }
    }

    /// The services with numbers.
    pub fn services(self, choices: &[Choice]) -> String {
        let ask = self.pick(
            "К кому Вы хотите обратиться? Ответьте номером или названием:",
            "Whom would you like to ask? Reply with a number or a name:",
        );
        let line = |(number, choice): (usize, &Choice)| format!("\n{number}. {}", self.service(choice));
        let lines: String = (1..).zip(choices).map(line).collect();
        format!(
            "{ask}{lines}\n{}",
            self.pick("«помощь» — что ещё можно написать.", "“help” says what else you can write.")
        )
    }

    fn service(self, choice: &Choice) -> String {
        let state = match &choice.state {
            Offered::Open => String::new(),
            Offered::Unattended => self
                .pick(
                    "сейчас никого нет на месте, ответят позже",
                    "nobody is there just now, you will be answered later",
                )
                .to_owned(),
            Offered::Closed { opens: Some(opens) } => {
                self.fill("закрыто, откроется {0}", "closed, opens {0}", &[opens])
            }
            Offered::Closed { opens: None } => self.pick("закрыто", "closed").to_owned(),
            Offered::Full => self
                .pick("сейчас недоступно: слишком много ожидающих", "not available now: too many are waiting")
                .to_owned(),
        };
        let wait = choice.wait.filter(|_| choice.state == Offered::Open).map(|wait| self.range(wait));
        let price = choice.price.clone();
        let details: Vec<String> =
            [Some(state), wait, price].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) };
        format!("{} — {}{details}", choice.name, choice.description.trim_end_matches('.'))
    }

    /// What waiting took lately.
    pub fn range(self, wait: WaitEstimate) -> String {
        let minutes = |seconds: i64| (seconds.max(0) + 59) / 60;
        let (from, to) = (minutes(wait.p50_seconds).max(1), minutes(wait.p80_seconds).max(1));
        if from == to {
            return self.fill("обычно около {0} мин", "usually about {0} min", &[&from.to_string()]);
        }
        self.fill("обычно {0}–{1} мин", "usually {0}–{1} min", &[&from.to_string(), &to.to_string()])
    }

    /// How a consultation stands.
    pub fn place(self, place: &Place) -> String {
        match place {
            Place::Waiting { place, wait } => {
                let line = self.fill("Ваше место в очереди: {0}.", "Your place in line: {0}.", &[&place.to_string()]);
                let wait = wait.map_or_else(String::new, |wait| {
                    self.fill(" Ожидание {0}.", " The wait is {0}.", &[&self.range(wait)])
                });
                let rest = self.pick(
                    "Можно не ждать у экрана: ответ придёт сюда. «очередь» — узнать место, «отмена» — отозвать обращение.",
                    "You need not wait at the screen: the answer comes here. “queue” tells your place, “cancel” withdraws the request.",
                );
                format!("{line}{wait}\n{rest}")
            }
            Place::With { operator } => self.fill("С Вами на связи {0}.", "{0} is with you.", &[operator]),
            Place::OnHold { operator } => self.fill(
                "{0} ненадолго прервался и вернётся к разговору. Писать можно и сейчас.",
                "{0} has paused the conversation and will come back to it. You can go on writing.",
                &[operator],
            ),
        }
    }

    /// What is open, each with its room.
    pub fn opens(self, open: &[Open], link: impl Fn(&Open) -> String) -> String {
        if open.is_empty() {
            return self.pick("Сейчас у Вас нет открытых обращений.", "You have no open request now.").to_owned();
        }
        let line = |open: &Open| format!("{}: {}\n{}", open.service, self.place(&open.place), link(open));
        open.iter().map(line).collect::<Vec<_>>().join("\n\n")
    }

    /// What is to be agreed to.
    pub fn consent(self, ask: &Ask, app_url: &str) -> String {
        self.fill(
            "Сначала нужно Ваше согласие.\n\n{0}\n{1}\n\nОтветьте «да», если согласны, или «нет». Весь текст: ответьте «текст» или откройте {2}.",
            "We need your agreement first.\n\n{0}\n{1}\n\nReply “yes” if you agree, or “no”. The whole text: reply “text”, or open {2}.",
            &[&ask.title, &ask.summary, app_url],
        )
    }

    /// What can be written to the desk.
    pub fn help(self, emergency: &str) -> String {
        let text = self.pick(
            "Вот что можно написать, одним словом:\n«услуги» — список специалистов\n«очередь» — Ваше место и ожидание\n«отмена» — отозвать обращение\n«закрыть» — завершить консультацию\n«назад», «пропустить» — при ответах на вопросы",
            "This is what you can write, as one word:\n“services”: the list of specialists\n“queue”: your place and the wait\n“cancel”: withdraw your request\n“close”: end the consultation\n“back”, “skip”: while you answer questions",
        );
        format!("{text}\n{emergency}")
    }

    /// What can be written in a conversation.
    pub fn help_in_talk(self, emergency: &str) -> String {
        let text = self.pick(
            "Просто пишите: всё, что Вы напишете здесь, прочтёт специалист. Одним словом можно попросить:\n«очередь» — Ваше место и ожидание\n«отмена» — отозвать обращение\n«закрыть» — завершить консультацию",
            "Simply write: the specialist reads everything that you write here. One word alone asks for something:\n“queue”: your place and the wait\n“cancel”: withdraw your request\n“close”: end the consultation",
        );
        format!("{text}\n{emergency}")
    }

    /// Where to go on, in the conversation.
    pub fn go_on(self, way: WayIn, link: &str) -> String {
        if way == WayIn::Open {
            return self.fill(
                "Всё готово. Напишите свой вопрос в нашей переписке: {0}\nС первым сообщением там обращение встанет в очередь.",
                "All is ready. Write your question in our conversation: {0}\nYour first message there puts the request in line.",
                &[link],
            );
        }
        self.fill(
            "Всё готово. Мы пригласили Вас в зашифрованную переписку: {0}\nПримите приглашение и напишите там свой вопрос — с ним обращение встанет в очередь.",
            "All is ready. We have invited you to an encrypted conversation: {0}\nAccept the invitation and write your question there: it puts the request in line.",
            &[link],
        )
    }

    /// How what an operator leads is ended.
    pub fn close_instead(self) -> &'static str {
        if is_russian(self.language) {
            "Чтобы завершить консультацию, напишите «закрыть»."
        } else {
            "To end the consultation, write “close”."
        }
    }

    /// What waited is withdrawn.
    pub fn withdrawn(self) -> &'static str {
        if is_russian(self.language) {
            "Обращение отозвано. «услуги» — выбрать снова."
        } else {
            "Your request is withdrawn. “services” lets you choose again."
        }
    }

    /// Somebody is asked to take what waits.
    pub fn offered(self) -> &'static str {
        if is_russian(self.language) {
            "Мы позвали к Вам специалиста, он вот-вот ответит."
        } else {
            "We have asked a specialist to come to you; the answer will not take long."
        }
    }

    /// Who paused goes on.
    pub fn resumed(self, operator: &str) -> String {
        self.fill("{0} снова с Вами.", "{0} is back with you.", &[operator])
    }

    /// Until when a pause lasts.
    pub fn until(self, time: &str) -> String {
        self.fill("Это займёт до {0}.", "That will be by {0}.", &[time])
    }

    /// How what is over can be rated.
    pub fn how_was_it(self) -> &'static str {
        if is_russian(self.language) {
            "Как Вам консультация? Ответьте числом от 1 (плохо) до 5 (отлично)."
        } else {
            "How was it? Reply with a number from 1 (bad) to 5 (very good)."
        }
    }

    /// He has said what he thought.
    pub fn rated(self) -> &'static str {
        if is_russian(self.language) { "Спасибо за оценку!" } else { "Thank you for telling us!" }
    }

    /// What an operator led has ended.
    pub fn finished(self) -> &'static str {
        if is_russian(self.language) {
            "Консультация завершена. Спасибо, что обратились к нам!"
        } else {
            "The consultation is closed. Thank you for asking us!"
        }
    }

    /// It cannot end yet: the operator has to write something down first.
    pub fn finishes_soon(self) -> &'static str {
        if is_russian(self.language) {
            "Специалисту осталось записать заключение — после этого он сам завершит консультацию. Вам больше ничего не нужно делать."
        } else {
            "The specialist still has something to write down for you, and closes the consultation then. You need do nothing more."
        }
    }

    /// How to go on in a room that is not encrypted.
    pub fn not_encrypted(self) -> &'static str {
        if is_russian(self.language) {
            "Эта комната не зашифрована, поэтому о здоровье здесь лучше не писать. Включите шифрование в настройках комнаты или начните с нами новый зашифрованный чат — и мы продолжим."
        } else {
            "This room is not encrypted, so please write nothing personal here. Turn on encryption in the room's settings, or start a new encrypted chat with us, and we go on."
        }
    }

    /// Somebody else is in the room.
    pub fn company(self) -> &'static str {
        if is_russian(self.language) {
            "В этой комнате есть ещё кто-то, а мы говорим только с Вами наедине. Пожалуйста, начните с нами отдельный чат."
        } else {
            "Somebody else is in this room, and we speak with you alone. Please start a chat of your own with us."
        }
    }

    /// The desk goes on in another room.
    pub fn moved(self) -> &'static str {
        if is_russian(self.language) {
            "Мы продолжаем в чате, который Вы открыли только что."
        } else {
            "We go on in the chat that you have just opened."
        }
    }
}

/// How the patient comes into his conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayIn {
    /// He is there.
    Open,
    /// By an invitation that he has to accept.
    Invitation,
}

/// Why an invitation is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declined {
    /// Who asks has his account elsewhere.
    Foreign,
    /// He works here.
    Staff,
    /// His account is being deleted.
    Leaving,
}

impl Words<'_> {
    /// The reason that goes with the refusal.
    pub fn declined(self, why: Declined, server_name: &str) -> String {
        match why {
            Declined::Foreign => self.fill(
                "К сожалению, мы отвечаем только тем, у кого есть учётная запись на {0}. Пожалуйста, зарегистрируйтесь там и напишите нам.",
                "We are sorry: we answer those who have an account at {0}. Please register there and write to us.",
                &[server_name],
            ),
            Declined::Staff => self
                .pick("Сотрудники работают в консоли; здесь мы отвечаем пациентам.", "Members of staff work in the console; here we answer patients.")
                .to_owned(),
            Declined::Leaving => self
                .pick("Эта учётная запись удаляется.", "This account is being deleted.")
                .to_owned(),
        }
    }
}

/// A link to a room that every Matrix client understands.
pub fn link(room: &str, server_name: &str) -> String {
    format!("https://matrix.to/#/{room}?via={server_name}")
}

/// An amount of money, such as `1500.00 RUB`.
pub fn amount(minor: i64, currency: &str) -> String {
    let (unit, width) = match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" => (1, 0),
        "BHD" | "KWD" | "OMR" | "JOD" | "TND" => (1_000, 3),
        _ => (100, 2),
    };
    let (whole, rest) = (minor / unit, minor % unit);
    if rest == 0 { format!("{whole} {currency}") } else { format!("{whole}.{rest:0width$} {currency}") }
}

#[cfg(test)]
mod tests {
    use super::{Declined, Words, amount, link};
    use crate::api::types::WaitEstimate;
    use crate::plain::model::{Choice, Offered, Place};

    const RU: Words<'_> = Words { language: "ru" };
    const EN: Words<'_> = Words { language: "en" };

    fn choice(state: Offered, price: Option<&str>) -> Choice {
        Choice {
            queue: "general".into(),
            circle: "general".into(),
            name: "Therapist".to_owned(),
            names: vec!["Therapist".to_owned()],
            description: "First question.".to_owned(),
            price: price.map(str::to_owned),
            wait: Some(WaitEstimate { p50_seconds: 290, p80_seconds: 720 }),
            state,
        }
    }

    #[test]
    fn a_service_is_named_with_what_it_costs_and_whether_it_is_open() {
        let closed = Offered::Closed { opens: Some("01.12 09:00".to_owned()) };
        let all = [choice(Offered::Open, Some("1500 RUB")), choice(closed, None), choice(Offered::Full, None)];
        let said = EN.services(&all);
        assert!(said.contains("\n1. Therapist — First question (usually 5–12 min; 1500 RUB)"), "{said}");
        assert!(said.contains("\n2. Therapist — First question (closed, opens 01.12 09:00)"), "{said}");
        assert!(said.contains("\n3. Therapist — First question (not available now"), "{said}");
        assert!(RU.services(&all).contains("закрыто, откроется 01.12 09:00"));
    }

    #[test]
    fn a_place_is_told_with_an_honest_range_or_without_one() {
        let waiting = |wait| Place::Waiting { place: 3, wait };
        assert!(EN.place(&waiting(None)).starts_with("Your place in line: 3.\n"));
        let told = RU.place(&waiting(Some(WaitEstimate { p50_seconds: 60, p80_seconds: 60 })));
        assert!(told.starts_with("Ваше место в очереди: 3. Ожидание обычно около 1 мин."), "{told}");
    }

    #[test]
    fn every_refusal_is_said_in_both_languages() {
        for why in [Declined::Foreign, Declined::Staff, Declined::Leaving] {
            assert_ne!(RU.declined(why, "hs.test"), EN.declined(why, "hs.test"));
        }
        assert!(EN.declined(Declined::Foreign, "hs.test").contains("hs.test"));
    }

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        assert_eq!(amount(150_000, "RUB"), "1500 RUB");
        assert_eq!(
            [amount(1_999, "EUR"), amount(500, "JPY"), amount(1_005, "KWD")],
            ["19.99 EUR", "500 JPY", "1.005 KWD"]
        );
        assert_eq!(link("!r", "hs.test"), "https://matrix.to/#/!r?via=hs.test");
    }
}
