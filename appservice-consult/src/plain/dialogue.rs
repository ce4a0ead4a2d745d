//! The dialogue at the desk: what a message does with how far it is. One pure, total function; no clock, no store.
//!
//! Commands go before everything. What is not understood is answered with what can be written, and changes nothing.

use super::form::{self, Form};
use super::heard::{Command, Heard, Letters};
use super::model::{Ask, Choice, Deed, Desk, Offered, Open, Place, Stage, Turn};
use super::words::link;
use crate::api::types::QuestionAnswer;
use crate::ids::{ConsentPurpose, QueueId};
use crate::questionnaire;

/// Longest piece of a text that is said in one message: encrypted and in Cyrillic, an event holds three of them. Unit: characters.
const PIECE_CHARACTERS: usize = 8_000;

/// What a message does.
pub fn turn(stage: &Stage, heard: &Heard, desk: &Desk<'_>) -> Turn {
    if let Some(command) = heard.command() {
        return obey(stage, command, desk);
    }
    match stage {
        Stage::Choosing => choose(heard, desk),
        Stage::Agreeing { queue, purpose, hash } => agree(heard, desk, queue, (purpose, hash)),
        Stage::Filling { queue, asked, answers, passed } => {
            answer(heard, desk, Filled { queue, answers: answers.clone(), passed: passed.clone() }, asked)
        }
        Stage::Ready { .. } => {
            let elsewhere = desk.words.pick(
                "Здесь Ваш вопрос никто не прочтёт — напишите его в переписке.",
                "Nobody would read your question here: please write it in the conversation.",
            );
            before(elsewhere, prompt(stage, desk))
        }
    }
}

/// Asks again what is open.
pub fn prompt(stage: &Stage, desk: &Desk<'_>) -> Turn {
    match stage {
        Stage::Choosing => list(desk),
        Stage::Agreeing { queue, .. } => advance(desk, Filled::nothing(queue), None),
        Stage::Filling { queue, answers, passed, .. } => {
            advance(desk, Filled { queue, answers: answers.clone(), passed: passed.clone() }, None)
        }
        Stage::Ready { queue, .. } => {
            Turn { stage: stage.clone(), says: Vec::new(), deeds: vec![Deed::Prepare(queue.clone())] }
        }
    }
}

/// What was answered so far.
struct Filled<'a> {
    queue: &'a QueueId,
    answers: Vec<QuestionAnswer>,
    passed: Vec<String>,
}

impl<'a> Filled<'a> {
    fn nothing(queue: &'a QueueId) -> Self {
        Self { queue, answers: Vec::new(), passed: Vec::new() }
    }
}

fn list(desk: &Desk<'_>) -> Turn {
    Turn { says: vec![desk.words.services(desk.choices)], ..Turn::default() }
}

fn before(text: &str, turn: Turn) -> Turn {
    Turn { says: std::iter::once(text.to_owned()).chain(turn.says).collect(), ..turn }
}

fn stays(stage: &Stage, text: impl Into<String>) -> Turn {
    Turn { stage: stage.clone(), says: vec![text.into()], deeds: Vec::new() }
}

fn obey(stage: &Stage, command: Command, desk: &Desk<'_>) -> Turn {
    match command {
        Command::Services => list(desk),
        Command::Help => stays(stage, desk.words.help(desk.emergency())),
        Command::Queue => stays(stage, opens(desk)),
        Command::Cancel if stage.queue().is_some() => dropped(desk),
        Command::Cancel => cancel(stage, desk),
        Command::Close if stage.queue().is_some() && desk.open.is_empty() => dropped(desk),
        Command::Close => close(stage, desk),
        Command::English => speak(stage, "en", desk),
        Command::Russian => speak(stage, "ru", desk),
        Command::Back => back(stage, desk),
        Command::Skip => skip(stage, desk),
        Command::Text => whole_text(stage, desk),
    }
}

fn opens(desk: &Desk<'_>) -> String {
    desk.words.opens(desk.open, |open| link(open.room.as_str(), desk.server_name))
}

/// What was begun is left; nobody has got anything.
fn dropped(desk: &Desk<'_>) -> Turn {
    before(desk.words.pick("Хорошо, ничего не отправлено.", "All right, nothing has been sent."), list(desk))
}

fn cancel(stage: &Stage, desk: &Desk<'_>) -> Turn {
    match desk.open {
        [Open { id, place: Place::Waiting { .. }, .. }] => {
            Turn { stage: stage.clone(), says: Vec::new(), deeds: vec![Deed::Cancel(id.clone())] }
        }
        [open] => stays(stage, format!("{} {}", desk.words.place(&open.place), desk.words.close_instead())),
        _ => one_of_several(stage, desk),
    }
}

fn close(stage: &Stage, desk: &Desk<'_>) -> Turn {
    match desk.open {
        [Open { place: Place::Waiting { .. }, .. }] => cancel(stage, desk),
        [open] => Turn { stage: stage.clone(), says: Vec::new(), deeds: vec![Deed::Finish(open.id.clone())] },
        _ => one_of_several(stage, desk),
    }
}

/// Nothing is open, or which of several is meant is not to be guessed.
fn one_of_several(stage: &Stage, desk: &Desk<'_>) -> Turn {
    if desk.open.is_empty() {
        return before(&opens(desk), list(desk));
    }
    let several = desk.words.pick(
        "У Вас несколько обращений. Напишите это слово в той переписке, о которой речь:",
        "You have several requests. Please write that word in the conversation that you mean:",
    );
    stays(stage, format!("{several}\n\n{}", opens(desk)))
}

fn speak(stage: &Stage, wanted: &str, desk: &Desk<'_>) -> Turn {
    let is_wanted = |language: &&String| **language == wanted || language.starts_with(&format!("{wanted}-"));
    match desk.brand.languages.iter().find(is_wanted) {
        Some(language) => Turn { stage: stage.clone(), says: Vec::new(), deeds: vec![Deed::Speak(language.clone())] },
        None => before(
            desk.words
                .pick("К сожалению, на этом языке мы не говорим.", "We are sorry, we do not speak that language."),
            prompt(stage, desk),
        ),
    }
}

fn choose(heard: &Heard, desk: &Desk<'_>) -> Turn {
    if let Some(choice) = chosen(heard, desk.choices) {
        return begin(choice, desk);
    }
    let other = match heard.letters() {
        Some(Letters::Latin) if desk.words.language == "ru" => Some("en"),
        Some(Letters::Cyrillic) if desk.words.language == "en" => Some("ru"),
        _ => None,
    };
    if let Some(language) = other.filter(|other| desk.brand.languages.iter().any(|known| known == other)) {
        return Turn { deeds: vec![Deed::Speak(language.to_owned())], ..Turn::default() };
    }
    let hint = desk.words.fill(
        "Пожалуйста, ответьте номером от 1 до {0} или названием — свой вопрос Вы зададите чуть позже.",
        "Please reply with a number from 1 to {0}, or with a name: you will write your question a moment later.",
        &[&desk.choices.len().to_string()],
    );
    before(&hint, list(desk))
}

/// The service that is meant by its number, its name, or a beginning of one name alone.
fn chosen<'a>(heard: &Heard, choices: &'a [Choice]) -> Option<&'a Choice> {
    if let Some(number) = heard.number() {
        return choices.get(number.checked_sub(1)?);
    }
    let whole = choices.iter().find(|choice| choice.names.iter().any(|name| heard.is(name)));
    let mut begun = choices.iter().filter(|choice| choice.names.iter().any(|name| heard.begins(name)));
    whole.or_else(|| begun.next().filter(|_| begun.next().is_none()))
}

fn begin(choice: &Choice, desk: &Desk<'_>) -> Turn {
    let words = desk.words;
    if let Some(open) = desk.open.iter().find(|open| open.circle == choice.circle) {
        let is_open = words.pick("У Вас уже есть открытое обращение:", "You have an open request already:");
        let one = words.opens(std::slice::from_ref(open), |open| link(open.room.as_str(), desk.server_name));
        return stays(&Stage::Choosing, format!("{is_open}\n{one}"));
    }
    let start = || advance(desk, Filled::nothing(&choice.queue), None);
    match &choice.state {
        Offered::Open => start(),
        Offered::Full => before(
            words.pick(
                "К сожалению, там сейчас слишком много ожидающих. Попробуйте позже или выберите другое.",
                "We are sorry: too many are waiting there. Please try again later, or choose another.",
            ),
            list(desk),
        ),
        Offered::Unattended => before(
            words.pick(
                "Сейчас никого нет на месте. Вопрос можно задать: Вам ответят, как только кто-нибудь появится.",
                "Nobody is there just now. You may ask all the same: you are answered as soon as somebody comes.",
            ),
            start(),
        ),
        Offered::Closed { opens } => {
            let opens = opens.as_deref().unwrap_or(words.pick("позже", "later"));
            let closed = words.fill(
                "Сейчас закрыто, откроется: {0}. Вопрос можно задать: Вам ответят в рабочее время.",
                "It is closed now and opens: {0}. You may ask all the same: you are answered in working hours.",
                &[opens],
            );
            before(&closed, start())
        }
    }
}

/// The next thing that is missing: an agreement, an answer, or nothing. `agreed` is what he has agreed to just now.
fn advance(desk: &Desk<'_>, filled: Filled<'_>, agreed: Option<&ConsentPurpose>) -> Turn {
    if let Some(ask) = desk.missing.iter().find(|ask| Some(&ask.given.purpose) != agreed) {
        let stage = Stage::Agreeing {
            queue: filled.queue.clone(),
            purpose: ask.given.purpose.clone(),
            hash: ask.given.hash.clone(),
        };
        return Turn { stage, says: vec![desk.words.consent(ask, desk.app_url)], deeds: Vec::new() };
    }
    let Some(asked) = desk.questionnaire(filled.queue) else { return ready(filled.queue, Vec::new(), Vec::new()) };
    let form = Form { words: desk.words, default: &desk.brand.default_language };
    let next = form::next(asked, &filled.answers, &filled.passed);
    let mut says: Vec<String> = next.notes.iter().map(|note| form.note(note)).collect();
    if let Some(item) = next.item {
        says.push(form.question(item));
        let Filled { queue, answers, passed } = filled;
        let stage = Stage::Filling { queue: queue.clone(), asked: item.link_id.clone(), answers, passed };
        return Turn { stage, says, deeds: Vec::new() };
    }
    match questionnaire::checked(asked, filled.answers.clone()) {
        Ok(answers) => ready(filled.queue, answers, says),
        // The service asks something else than it did. Nothing of it fits, or the first question would have been found above.
        Err(_) if filled.answers.is_empty() && filled.passed.is_empty() => ready(filled.queue, Vec::new(), says),
        Err(_) => before(
            desk.words.pick(
                "Вопросы тем временем изменились, начнём сначала.",
                "The questions have changed meanwhile; let us begin again.",
            ),
            advance(desk, Filled::nothing(filled.queue), agreed),
        ),
    }
}

fn ready(queue: &QueueId, answers: Vec<QuestionAnswer>, says: Vec<String>) -> Turn {
    let stage = Stage::Ready { queue: queue.clone(), answers };
    Turn { stage, says, deeds: vec![Deed::Prepare(queue.clone())] }
}

/// What is asked is agreed to, refused, or asked again. A text that is another one by now is shown anew.
fn agree(heard: &Heard, desk: &Desk<'_>, queue: &QueueId, (purpose, hash): (&ConsentPurpose, &String)) -> Turn {
    let is_shown = |ask: &&Ask| ask.given.purpose == *purpose && ask.given.hash == *hash;
    let again = || advance(desk, Filled::nothing(queue), None);
    let Some(ask) = desk.missing.iter().find(is_shown) else { return again() };
    match heard.yes_or_no() {
        Some(true) => {
            let mut turn = advance(desk, Filled::nothing(queue), Some(purpose));
            turn.deeds.insert(0, Deed::Agree(ask.given.clone()));
            turn
        }
        Some(false) => {
            let nothing = desk.words.pick(
                "Понимаем. Без согласия мы не можем начать; ничего не отправлено. Если передумаете, просто выберите ещё раз.",
                "We understand. We may not begin without it; nothing has been sent. If you change your mind, simply choose again.",
            );
            before(nothing, list(desk))
        }
        None => before(desk.words.pick("Пожалуйста, ответьте «да» или «нет».", "Please reply “yes” or “no”."), again()),
    }
}

fn whole_text(stage: &Stage, desk: &Desk<'_>) -> Turn {
    let shown = match stage {
        Stage::Agreeing { purpose, .. } => desk.missing.iter().find(|ask| ask.given.purpose == *purpose),
        Stage::Choosing | Stage::Filling { .. } | Stage::Ready { .. } => None,
    };
    let turn = prompt(stage, desk);
    let Some(ask) = shown else { return turn };
    Turn { says: pieces(&ask.text).into_iter().chain(turn.says).collect(), ..turn }
}

/// A long text in pieces, cut between paragraphs where it can be.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for paragraph in text.split_inclusive("\n\n") {
        let letters: Vec<char> = paragraph.chars().collect();
        for part in letters.chunks(PIECE_CHARACTERS) {
            let part: String = part.iter().collect();
            match pieces.last_mut() {
                Some(last) if last.chars().count() + part.chars().count() <= PIECE_CHARACTERS => last.push_str(&part),
                _ => pieces.push(part),
            }
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

fn answer(heard: &Heard, desk: &Desk<'_>, mut filled: Filled<'_>, link_id: &str) -> Turn {
    let Some(asked) = desk.questionnaire(filled.queue) else { return advance(desk, filled, None) };
    let Some(item) = form::item(asked, link_id) else { return advance(desk, filled, None) };
    let Some(value) = form::read(item, heard, desk.today) else {
        let form = Form { words: desk.words, default: &desk.brand.default_language };
        let sorry = desk.words.pick("Мы не поняли ответ. ", "We did not understand that answer. ");
        let stage = Stage::Filling {
            queue: filled.queue.clone(),
            asked: link_id.to_owned(),
            answers: filled.answers,
            passed: filled.passed,
        };
        return Turn { stage, says: vec![format!("{sorry}{}", form.how(item))], deeds: Vec::new() };
    };
    let answer = QuestionAnswer { link_id: link_id.to_owned(), value };
    let is_flag = questionnaire::has_red_flag(asked, std::slice::from_ref(&answer));
    filled.answers.push(answer);
    let turn = advance(desk, filled, None);
    if is_flag { before(desk.emergency(), turn) } else { turn }
}

fn skip(stage: &Stage, desk: &Desk<'_>) -> Turn {
    let Stage::Filling { queue, asked, answers, passed } = stage else { return prompt(stage, desk) };
    let is_needed = desk.questionnaire(queue).and_then(|all| form::item(all, asked)).is_some_and(|item| item.required);
    if is_needed {
        let needed = desk.words.pick("На этот вопрос нужен ответ.", "This question needs an answer.");
        return before(needed, prompt(stage, desk));
    }
    let mut passed = passed.clone();
    passed.push(asked.clone());
    advance(desk, Filled { queue, answers: answers.clone(), passed }, None)
}

/// The question before is asked again.
fn back(stage: &Stage, desk: &Desk<'_>) -> Turn {
    let Stage::Filling { queue, asked, answers, passed } = stage else { return prompt(stage, desk) };
    let Some(all) = desk.questionnaire(queue) else { return prompt(stage, desk) };
    let is_done = |link_id: &String| {
        answers.iter().any(|answer| answer.link_id == *link_id) || passed.iter().any(|other| other == link_id)
    };
    let earlier = all.items.iter().map(|item| &item.link_id).take_while(|link_id| *link_id != asked);
    let Some(last) = earlier.filter(|link_id| is_done(link_id)).last() else { return prompt(stage, desk) };
    let answers = answers.iter().filter(|answer| answer.link_id != *last).cloned().collect();
    let passed = passed.iter().filter(|other| *other != last).cloned().collect();
    advance(desk, Filled { queue, answers, passed }, None)
}

#[cfg(test)]
#[path = "dialogue_test.rs"]
mod tests;
