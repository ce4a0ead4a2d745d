//! What a word alone asks for in a conversation. Everything else there is a message, as from every client. Pure.

use super::heard::{Command, Heard};
use super::model::{Deed, Open, Place};
use super::words::Words;
use crate::ids::ConsultationId;

/// How a conversation stands for its patient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing<'a> {
    /// A consultation is open.
    Open(&'a Open),
    /// None is.
    Over {
        /// The last one, where it can be rated now.
        rated: Option<&'a ConsultationId>,
        /// Whether a service was chosen, and the next message begins a consultation in it.
        chosen: bool,
    },
}

/// What is answered, and done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What is answered.
    pub says: Option<String>,
    /// What is done.
    pub deed: Option<Deed>,
    /// The choice of a service is dropped.
    pub drops_choice: bool,
}

/// Around a conversation.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// In which language it is answered.
    pub words: Words<'a>,
    /// The brand's text for emergencies.
    pub emergency: &'a str,
    /// A link to the room where services are chosen.
    pub desk: &'a str,
}

/// What a message asks for; `None`: nothing, it is a message.
pub fn reply(heard: &Heard, standing: Standing<'_>, around: Around<'_>) -> Option<Reply> {
    if let (Some(stars), Standing::Over { rated: Some(id), .. }) = (stars(heard), standing) {
        let deed = Some(Deed::Rate(id.clone(), stars));
        return Some(Reply { says: Some(around.words.rated().to_owned()), deed, drops_choice: false });
    }
    match (heard.command()?, standing) {
        (Command::Help, _) => Some(says(around.words.help_in_talk(around.emergency))),
        (Command::Queue, Standing::Open(open)) => Some(says(around.words.place(&open.place))),
        (Command::Cancel, Standing::Open(open)) => Some(cancel(open, around.words)),
        (Command::Close, Standing::Open(open)) => Some(close(open, around.words)),
        (Command::Cancel | Command::Close, Standing::Over { chosen: true, .. }) => {
            let nothing = around.words.fill(
                "Хорошо, ничего не отправлено. Выбрать специалиста можно здесь: {0}",
                "All right, nothing has been sent. You choose a specialist here: {0}",
                &[around.desk],
            );
            Some(Reply { drops_choice: true, ..says(nothing) })
        }
        (Command::Queue | Command::Cancel | Command::Close | Command::Services, Standing::Over { .. }) => {
            Some(says(around.words.fill(
                "Сейчас у Вас нет открытых обращений. Выбрать специалиста можно здесь: {0}",
                "You have no open request now. You choose a specialist here: {0}",
                &[around.desk],
            )))
        }
        (Command::Services, Standing::Open(_))
        | (Command::Back | Command::Skip | Command::Text | Command::English | Command::Russian, _) => None,
    }
}

/// From one to five.
fn stars(heard: &Heard) -> Option<i64> {
    let number = heard.number().filter(|number| (1..=5).contains(number))?;
    i64::try_from(number).ok()
}

fn says(text: String) -> Reply {
    Reply { says: Some(text), ..Reply::default() }
}

fn cancel(open: &Open, words: Words<'_>) -> Reply {
    match open.place {
        // The room is told by the step itself.
        Place::Waiting { .. } => Reply { deed: Some(Deed::Cancel(open.id.clone())), ..Reply::default() },
        Place::With { .. } | Place::OnHold { .. } => {
            says(format!("{} {}", words.place(&open.place), words.close_instead()))
        }
    }
}

fn close(open: &Open, words: Words<'_>) -> Reply {
    match open.place {
        Place::Waiting { .. } => cancel(open, words),
        Place::With { .. } | Place::OnHold { .. } => {
            Reply { deed: Some(Deed::Finish(open.id.clone())), ..Reply::default() }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Around, Reply, Standing, reply};
    use crate::plain::heard::Heard;
    use crate::plain::model::{Deed, Open, Place};
    use crate::plain::words::Words;

    fn around(language: &str) -> Around<'_> {
        Around { words: Words { language }, emergency: "Call 112.", desk: "https://desk" }
    }

    fn open(place: Place) -> Open {
        Open { id: "c1".into(), room: "!r".into(), circle: "general".into(), service: "Therapist".to_owned(), place }
    }

    fn waiting() -> Open {
        open(Place::Waiting { place: 2, wait: None })
    }

    fn led() -> Open {
        open(Place::With { operator: "Dr Petrova".to_owned() })
    }

    fn over() -> Standing<'static> {
        Standing::Over { rated: None, chosen: false }
    }

    fn hears(text: &str, standing: Standing<'_>) -> Option<Reply> {
        reply(&Heard::text(text), standing, around("en"))
    }

    #[test]
    fn what_is_no_command_alone_is_a_message() {
        for text in ["3", "5", "please cancel", "queue?", "yes", "back", "services", "english", ""] {
            assert_eq!(hears(text, Standing::Open(&led())), None, "{text}");
        }
        for text in ["3", "thank you", "skip"] {
            assert_eq!(hears(text, over()), None, "{text}");
        }
    }

    #[test]
    fn each_command_does_in_each_standing_what_the_table_says() {
        let (waiting, led) = (waiting(), led());
        let paused = open(Place::OnHold { operator: "Dr Petrova".to_owned() });
        let (cancels, finishes) = (Some(Deed::Cancel("c1".into())), Some(Deed::Finish("c1".into())));
        for (word, standing, deed, part) in [
            ("queue", Standing::Open(&waiting), None, Some("Your place in line: 2.")),
            ("queue", Standing::Open(&led), None, Some("Dr Petrova is with you.")),
            ("queue", Standing::Open(&paused), None, Some("paused")),
            ("queue", over(), None, Some("https://desk")),
            ("cancel", Standing::Open(&waiting), cancels.clone(), None),
            ("cancel", Standing::Open(&led), None, Some("“close”")),
            ("cancel", over(), None, Some("https://desk")),
            ("close", Standing::Open(&waiting), cancels, None),
            ("close", Standing::Open(&led), finishes.clone(), None),
            ("close", Standing::Open(&paused), finishes, None),
            ("close", over(), None, Some("no open request")),
            ("help", Standing::Open(&led), None, Some("Call 112.")),
            ("services", over(), None, Some("https://desk")),
        ] {
            let reply = hears(word, standing).unwrap();
            assert_eq!(reply.deed, deed, "{word} {standing:?}");
            assert_eq!(reply.says.is_some(), part.is_some(), "{word} {standing:?}");
            assert!(part.is_none_or(|part| reply.says.unwrap().contains(part)), "{word} {standing:?}");
        }
    }

    #[test]
    fn both_languages_are_heard_and_each_is_answered_in_the_patients() {
        let waiting = waiting();
        for (english, russian) in [("queue", "очередь"), ("cancel", "отмена"), ("close", "закрыть"), ("help", "помощь")]
        {
            let standing = Standing::Open(&waiting);
            assert_eq!(hears(english, standing), hears(russian, standing));
            assert_eq!(hears(english, over()), hears(russian, over()));
        }
        let told = reply(&Heard::text("queue"), Standing::Open(&waiting), around("ru")).unwrap();
        assert!(told.says.unwrap().starts_with("Ваше место в очереди: 2."));
    }

    #[test]
    fn a_number_alone_rates_what_can_be_rated_and_is_a_message_else() {
        let id = "c1".into();
        let rated = Standing::Over { rated: Some(&id), chosen: false };
        assert_eq!(hears("4", rated).unwrap().deed, Some(Deed::Rate("c1".into(), 4)));
        assert_eq!((hears("6", rated), hears("0", rated), hears("4 stars", rated)), (None, None, None));
    }

    #[test]
    fn a_choice_that_was_made_is_dropped_before_anything_is_asked() {
        let chosen = Standing::Over { rated: None, chosen: true };
        assert!(hears("cancel", chosen).unwrap().drops_choice && hears("отмена", chosen).unwrap().drops_choice);
        assert_eq!(hears("it hurts", chosen), None);
    }
}
