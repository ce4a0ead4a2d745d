//! The dialogue over its stages, in both languages: what each reply does, and what is answered to what is none.

#![expect(clippy::unwrap_used, reason = "tests")]

use consilium_config::Brand;
use jiff::civil::date;

use super::super::heard::Heard;
use super::super::model::{Ask, Choice, Deed, Desk, Offered, Open, Place, Stage, Turn};
use super::super::words::Words;
use super::{PIECE_CHARACTERS, pieces, prompt, turn};
use crate::api::types::{AnswerValue, GivenConsent, QuestionAnswer};

const BRAND: &str = r##"
id = "test-clinic"
name = { en = "Test clinic", ru = "Проверочная клиника" }
legal_name = { en = "Test clinic Ltd", ru = "ООО «Проверка»" }
languages = ["en", "ru"]
default_language = "en"
country = "RU"
time_zone = "Europe/Moscow"
currency = "RUB"
[colors]
brand = "#1f6f5c"
accent = "#c26a1b"
[logo]
light = "logo.svg"
icon = "icon.svg"
[texts.en]
emergency = "Call 112."
[texts.ru]
emergency = "Звоните 112."
[[queues]]
id = "general"
name = { en = "Therapist", ru = "Терапевт" }
description = { en = "First question", ru = "Первый вопрос" }
icon = "x"
[[queues]]
id = "child"
name = { en = "Paediatrician", ru = "Педиатр" }
description = { en = "Children", ru = "Дети" }
icon = "x"
questionnaire = "child"
[[queues]]
id = "mind"
circle = "private"
name = { en = "Psychologist", ru = "Психолог" }
description = { en = "Talk", ru = "Разговор" }
icon = "x"
[[questionnaires]]
id = "child"
title = { en = "A child", ru = "Ребёнок" }
items = [
    { link_id = "hint", type = "display", text = { en = "Measure first.", ru = "Сначала измерьте." } },
    { link_id = "fever", type = "boolean", required = true, red_flag = true, text = { en = "Fever?", ru = "Жар?" } },
    { link_id = "high", type = "decimal", required = true, minimum = 34.0, maximum = 43.0, enable_when = { question = "fever", answer = "yes" }, text = { en = "How high?", ru = "Сколько?" } },
    { link_id = "pills", type = "text", text = { en = "Medicines?", ru = "Лекарства?" } },
]
"##;

/// A desk with everything open and nothing to agree to; tests change what they are about.
struct Scene {
    brand: Brand,
    language: &'static str,
    choices: Vec<Choice>,
    missing: Vec<Ask>,
    open: Vec<Open>,
}

impl Scene {
    fn new(language: &'static str) -> Self {
        let brand: Brand = toml::from_str(BRAND).unwrap();
        let choice = |queue: &consilium_config::brand::Queue| Choice {
            queue: queue.id.as_str().into(),
            circle: queue.circle.as_str().into(),
            name: queue.name.get(language, "en").to_owned(),
            names: queue.name.iter().map(|(_, name)| name.to_owned()).collect(),
            description: queue.description.get(language, "en").to_owned(),
            price: None,
            wait: None,
            state: Offered::Open,
        };
        let choices = brand.queues.iter().map(choice).collect();
        Self { brand, language, choices, missing: Vec::new(), open: Vec::new() }
    }

    fn asks(language: &'static str) -> Self {
        let ask = |purpose: &str| Ask {
            given: GivenConsent { purpose: purpose.into(), hash: format!("hash of {purpose}") },
            title: format!("I agree to {purpose}"),
            summary: "In short.".to_owned(),
            text: format!("All of {purpose}."),
        };
        Self { missing: vec![ask("treatment"), ask("data")], ..Self::new(language) }
    }

    fn desk(&self) -> Desk<'_> {
        Desk {
            brand: &self.brand,
            words: Words { language: self.language },
            choices: &self.choices,
            missing: &self.missing,
            open: &self.open,
            today: date(2026, 11, 30),
            app_url: "https://app.test",
            server_name: "hs.test",
        }
    }

    fn hears(&self, stage: &Stage, text: &str) -> Turn {
        turn(stage, &Heard::text(text), &self.desk())
    }

    fn waiting(mut self) -> Self {
        self.open = vec![open("c1", "general", Place::Waiting { place: 1, wait: None })];
        self
    }

    fn led(mut self) -> Self {
        self.open = vec![open("c1", "general", Place::With { operator: "Dr Petrova".to_owned() })];
        self
    }
}

fn open(id: &str, circle: &str, place: Place) -> Open {
    Open { id: id.into(), room: "!talk".into(), circle: circle.into(), service: "Therapist".to_owned(), place }
}

fn ready(queue: &str, answers: Vec<QuestionAnswer>) -> Stage {
    Stage::Ready { queue: queue.into(), answers }
}

fn answered(link_id: &str, value: AnswerValue) -> QuestionAnswer {
    QuestionAnswer { link_id: link_id.to_owned(), value }
}

fn filling(asked: &str, answers: Vec<QuestionAnswer>) -> Stage {
    Stage::Filling { queue: "child".into(), asked: asked.to_owned(), answers, passed: Vec::new() }
}

fn agreeing(purpose: &str) -> Stage {
    Stage::Agreeing { queue: "general".into(), purpose: purpose.into(), hash: format!("hash of {purpose}") }
}

#[test]
fn a_service_is_chosen_by_number_by_name_in_any_language_or_by_a_beginning() {
    for language in ["en", "ru"] {
        let scene = Scene::new(language);
        for text in ["1", "1)", "Therapist", "терапевт", "ther"] {
            let turn = scene.hears(&Stage::Choosing, text);
            assert_eq!(
                (turn.stage, turn.deeds),
                (ready("general", vec![]), vec![Deed::Prepare("general".into())]),
                "{text}"
            );
        }
    }
}

#[test]
fn what_is_no_choice_is_answered_with_what_can_be_chosen() {
    for (language, hint, first) in
        [("en", "a number from 1 to 3", "1. Therapist"), ("ru", "номером от 1 до 3", "1. Терапевт")]
    {
        let scene = Scene::new(language);
        for text in ["0", "4", "12 34", ""] {
            let turn = scene.hears(&Stage::Choosing, text);
            assert_eq!((&turn.stage, turn.deeds.len()), (&Stage::Choosing, 0), "{text}");
            assert!(turn.says[0].contains(hint) && turn.says[1].contains(first), "{:?}", turn.says);
        }
    }
}

#[test]
fn whoever_writes_in_the_other_language_is_answered_in_it() {
    assert_eq!(Scene::new("ru").hears(&Stage::Choosing, "hello there").deeds, [Deed::Speak("en".to_owned())]);
    assert_eq!(Scene::new("en").hears(&Stage::Choosing, "здравствуйте").deeds, [Deed::Speak("ru".to_owned())]);
    assert_eq!(Scene::new("en").hears(&agreeing("treatment"), "русский").deeds, [Deed::Speak("ru".to_owned())]);
    assert!(Scene::new("en").hears(&Stage::Choosing, "hello there").deeds.is_empty());
}

#[test]
fn a_service_that_is_full_or_closed_says_so_before_anything_is_given() {
    let mut scene = Scene::new("en");
    scene.choices[0].state = Offered::Full;
    let full = scene.hears(&Stage::Choosing, "1");
    assert_eq!((&full.stage, full.deeds.len()), (&Stage::Choosing, 0));
    assert!(full.says[0].contains("too many"));
    scene.choices[0].state = Offered::Closed { opens: Some("01.12 09:00".to_owned()) };
    let closed = scene.hears(&Stage::Choosing, "1");
    assert_eq!(closed.stage, ready("general", vec![]));
    assert!(closed.says[0].contains("01.12 09:00"));
}

#[test]
fn consents_are_agreed_to_one_after_another_each_by_what_was_shown() {
    let scene = Scene::asks("en");
    let first = scene.hears(&Stage::Choosing, "1");
    assert_eq!((&first.stage, first.deeds.len()), (&agreeing("treatment"), 0));
    assert!(first.says[0].contains("I agree to treatment") && first.says[0].contains("https://app.test"));
    let second = scene.hears(&first.stage, "yes");
    assert_eq!(second.stage, agreeing("data"));
    assert_eq!(second.deeds, [Deed::Agree(scene.missing[0].given.clone())]);
    let rest = Scene { missing: scene.missing[1..].to_vec(), ..Scene::new("en") };
    let last = rest.hears(&second.stage, "да");
    let expected = vec![Deed::Agree(rest.missing[0].given.clone()), Deed::Prepare("general".into())];
    assert_eq!((last.stage, last.deeds), (ready("general", vec![]), expected));
}

#[test]
fn no_consent_is_given_by_anything_but_yes() {
    for language in ["en", "ru"] {
        let scene = Scene::asks(language);
        for text in ["1", "ok", "perhaps", "", "skip", "назад"] {
            let turn = scene.hears(&agreeing("treatment"), text);
            assert_eq!((&turn.stage, turn.deeds.len()), (&agreeing("treatment"), 0), "{text}");
        }
        let refused = scene.hears(&agreeing("treatment"), "нет");
        assert_eq!((&refused.stage, refused.deeds.len()), (&Stage::Choosing, 0));
    }
    let mut changed = Scene::asks("en");
    changed.missing[0].given.hash = "another".to_owned();
    let turn = changed.hears(&agreeing("treatment"), "yes");
    assert!(turn.deeds.is_empty(), "the text that was shown is another one now");
}

#[test]
fn the_whole_text_is_read_where_it_is_asked_for() {
    let turn = Scene::asks("en").hears(&agreeing("treatment"), "text");
    assert_eq!((turn.says[0].as_str(), &turn.stage), ("All of treatment.", &agreeing("treatment")));
    let long = format!("{}\n\n{}", "я".repeat(PIECE_CHARACTERS - 10), "ю".repeat(PIECE_CHARACTERS + 5));
    let cut = pieces(&long);
    assert!(cut.len() == 3 && cut.iter().all(|piece| piece.chars().count() <= PIECE_CHARACTERS));
    assert_eq!(cut.concat(), long);
}

#[test]
fn questions_are_asked_one_after_another_and_their_answers_come_along() {
    let scene = Scene::new("en");
    let first = scene.hears(&Stage::Choosing, "2");
    assert_eq!(first.stage, filling("fever", vec![]));
    assert_eq!(first.says, ["Measure first.", "Fever?\nReply “yes” or “no”."]);
    let second = scene.hears(&first.stage, "yes");
    assert_eq!(second.says[0], "Call 112.", "a red flag says at once what to do");
    assert_eq!(second.says[1], "How high?\nReply with a number from 34 to 43.");
    let third = scene.hears(&second.stage, "38,4");
    let answers = vec![answered("fever", AnswerValue::Boolean(true)), answered("high", AnswerValue::Decimal(38.4))];
    assert_eq!(third.stage, filling("pills", answers.clone()));
    assert_eq!(scene.hears(&third.stage, "skip").stage, ready("child", answers.clone()));
    let all = [answers, vec![answered("pills", AnswerValue::Text("none".to_owned()))]].concat();
    let last = scene.hears(&third.stage, "none");
    assert_eq!((last.stage, last.deeds), (ready("child", all), vec![Deed::Prepare("child".into())]));
}

#[test]
fn a_wrong_answer_is_asked_again_warmly_and_nothing_is_lost() {
    for (language, sorry, how) in
        [("en", "We did not understand", "from 34 to 43"), ("ru", "Мы не поняли", "от 34 до 43")]
    {
        let stage = filling("high", vec![answered("fever", AnswerValue::Boolean(true))]);
        for text in ["44", "hot", "33.9", ""] {
            let turn = Scene::new(language).hears(&stage, text);
            assert_eq!(turn.stage, stage, "{text}");
            assert!(turn.says[0].contains(sorry) && turn.says[0].contains(how), "{:?}", turn.says);
        }
        let needed = Scene::new(language).hears(&stage, "skip");
        assert_eq!((needed.stage, needed.says.len()), (stage, 2), "what is required is not left out");
    }
}

#[test]
fn one_goes_back_a_question_at_a_time() {
    let scene = Scene::new("en");
    let fever = answered("fever", AnswerValue::Boolean(true));
    let high = answered("high", AnswerValue::Decimal(39.0));
    let third = filling("pills", vec![fever.clone(), high]);
    let second = scene.hears(&third, "back").stage;
    assert_eq!(second, filling("high", vec![fever]));
    let first = scene.hears(&second, "назад").stage;
    assert_eq!(first, filling("fever", vec![]));
    assert_eq!(scene.hears(&first, "back").stage, first);
}

#[test]
fn questions_that_changed_meanwhile_are_begun_again() {
    let mut scene = Scene::new("en");
    let stage = filling(
        "pills",
        vec![answered("fever", AnswerValue::Boolean(true)), answered("high", AnswerValue::Decimal(39.0))],
    );
    scene.brand.questionnaires[0].items[2].maximum = Some(38.0);
    let turn = scene.hears(&stage, "none");
    assert_eq!(turn.stage, filling("fever", vec![]));
    assert!(turn.says[0].contains("begin again"));
    scene.brand.queues[1].questionnaire = None;
    assert_eq!(scene.hears(&stage, "none").stage, ready("child", vec![]));
}

#[test]
fn a_question_that_is_written_to_the_desk_is_sent_to_the_right_room() {
    let stage = ready("general", vec![]);
    let turn = Scene::new("en").hears(&stage, "My knee hurts");
    assert_eq!((&turn.stage, turn.deeds), (&stage, vec![Deed::Prepare("general".into())]));
    assert!(turn.says[0].contains("Nobody would read"));
}

#[test]
fn cancel_drops_what_was_begun_and_withdraws_what_waits() {
    for word in ["cancel", "отмена"] {
        for stage in [agreeing("treatment"), filling("fever", vec![]), ready("general", vec![])] {
            let turn = Scene::new("en").waiting().hears(&stage, word);
            assert_eq!((&turn.stage, turn.deeds.len()), (&Stage::Choosing, 0), "{word} {stage:?}");
        }
        assert_eq!(Scene::new("en").waiting().hears(&Stage::Choosing, word).deeds, [Deed::Cancel("c1".into())]);
        let led = Scene::new("en").led().hears(&Stage::Choosing, word);
        assert!(led.deeds.is_empty() && led.says[0].contains("“close”"));
        assert!(Scene::new("en").hears(&Stage::Choosing, word).says[0].contains("no open request"));
    }
}

#[test]
fn close_ends_what_is_open_and_asks_which_of_several() {
    for word in ["close", "закрыть"] {
        assert_eq!(Scene::new("en").waiting().hears(&Stage::Choosing, word).deeds, [Deed::Cancel("c1".into())]);
        assert_eq!(Scene::new("en").led().hears(&Stage::Choosing, word).deeds, [Deed::Finish("c1".into())]);
        let mut several = Scene::new("en").led();
        several.open.push(open("c2", "private", Place::Waiting { place: 4, wait: None }));
        let turn = several.hears(&Stage::Choosing, word);
        assert!(turn.deeds.is_empty() && turn.says[0].contains("several"), "{:?}", turn.says);
        assert!(turn.says[0].contains("https://matrix.to/#/!talk?via=hs.test"));
    }
}

#[test]
fn queue_and_help_are_answered_at_every_stage_and_change_nothing() {
    let scene = Scene::asks("ru").waiting();
    for stage in [Stage::Choosing, agreeing("treatment"), filling("fever", vec![]), ready("general", vec![])] {
        for (word, part) in [
            ("queue", "место в очереди: 1"),
            ("очередь", "место в очереди: 1"),
            ("help", "Звоните 112."),
            ("помощь", "«очередь»"),
        ] {
            let turn = scene.hears(&stage, word);
            assert_eq!((&turn.stage, turn.deeds.len()), (&stage, 0), "{word}");
            assert!(turn.says[0].contains(part), "{word}: {:?}", turn.says);
        }
    }
}

#[test]
fn nothing_is_begun_beside_what_is_open_in_the_same_circle() {
    let scene = Scene::new("en").waiting();
    let same = scene.hears(&Stage::Choosing, "2");
    assert_eq!((&same.stage, same.deeds.len()), (&Stage::Choosing, 0));
    assert!(same.says[0].contains("open request already"));
    assert_eq!(
        scene.hears(&Stage::Choosing, "3").stage,
        ready("mind", vec![]),
        "another circle is another conversation"
    );
}

#[test]
fn what_is_open_is_asked_again_when_the_language_changes() {
    let scene = Scene::asks("ru");
    let asked = prompt(&agreeing("treatment"), &scene.desk());
    assert_eq!(asked.stage, agreeing("treatment"));
    assert!(asked.says[0].contains("Ответьте «да»"));
    assert!(prompt(&Stage::Choosing, &Scene::new("en").desk()).says[0].contains("1. Therapist"));
}
