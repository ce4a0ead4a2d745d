//! Who works when, who asks what when, and what people do with what is offered to them: all from one seed.

use consilium_consult::ids::{OperatorId, QueueId};
use consilium_consult::routing::{Overflow, Rule, Rules, Strategy};
use consilium_consult::time::Time;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

pub const DAY: i64 = 24 * 3_600;
pub const WEEK: i64 = 7 * DAY;
pub const QUEUES: [&str; 8] = ["gp", "child", "skin", "heart", "mind", "eye", "tooth", "night"];
const SKILLS: [&str; 3] = ["children", "surgery", "ecg"];
const LANGUAGES: [&str; 3] = ["ru", "en", "kk"];

/// An operator and his week. Unit of times: seconds since its begin.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: OperatorId,
    pub queues: Vec<QueueId>,
    pub skills: Vec<String>,
    pub languages: Vec<String>,
    pub capacity: u32,
    /// When he is at his desk.
    pub shifts: Vec<(i64, i64)>,
    /// When his console dies, and for how long.
    pub crashes: Vec<(i64, i64)>,
}

/// A patient's question.
#[derive(Debug, Clone)]
pub struct Question {
    pub at: i64,
    pub queue: QueueId,
    pub language: Option<String>,
    pub is_urgent: bool,
    /// He goes away if nobody has taken it by then. Unit: seconds.
    pub patience: i64,
}

/// What an operator does with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Takes,
    Passes,
    /// He is not there.
    Nothing,
}

pub struct Week {
    pub people: Vec<Person>,
    pub questions: Vec<Question>,
    /// One-off closures, by queue. Unit: seconds since the week's begin.
    pub closures: Vec<(QueueId, i64, i64)>,
    pub chance: StdRng,
}

fn some<const N: usize>(chance: &mut StdRng, words: [&str; N], share: f64) -> Vec<String> {
    words.iter().filter(|_| chance.random_bool(share)).map(|word| (*word).to_owned()).collect()
}

impl Week {
    pub fn new(seed: u64, operators: usize, patients: usize) -> Self {
        let mut chance = StdRng::seed_from_u64(seed);
        let people = (0..operators).map(|number| person(&mut chance, number)).collect();
        let mut questions: Vec<Question> = (0..patients).map(|_| question(&mut chance)).collect();
        questions.sort_by_key(|question| question.at);
        let closures = vec![("skin".into(), 2 * DAY, 3 * DAY), ("eye".into(), 4 * DAY + 36_000, 4 * DAY + 50_000)];
        Self { people, questions, closures, chance }
    }

    /// The rules at a time: strategies of all kinds, hours, closures.
    pub fn rules(&self, at: i64) -> Rules {
        QUEUES.iter().map(|queue| (QueueId::from(*queue), self.rule(queue, at))).collect()
    }

    fn rule(&self, queue: &str, at: i64) -> Rule {
        let hour = (at % DAY) / 3_600;
        let is_closed =
            self.closures.iter().any(|(closed, from, to)| closed.as_str() == queue && (*from..*to).contains(&at));
        Rule {
            strategy: if queue.len().is_multiple_of(2) { Strategy::LeastLoaded } else { Strategy::RoundRobin },
            weight: if queue == "mind" { 2 } else { 1 },
            skills: match queue {
                "child" => vec!["children".to_owned()],
                "heart" => vec!["ecg".to_owned()],
                _ => Vec::new(),
            },
            is_sticky: queue == "gp",
            overflow: (queue == "tooth" || queue == "eye").then(|| Overflow { to: "gp".into(), after_seconds: 900 }),
            is_open: !is_closed && (queue == "night" || queue == "gp" || (8..22).contains(&hour)),
        }
    }

    /// When rules change by the clock, in a day and by closures.
    pub fn edges(&self) -> Vec<i64> {
        let daily = (0..7).flat_map(|day| [day * DAY + 8 * 3_600, day * DAY + 22 * 3_600]);
        let closures = self.closures.iter().flat_map(|(_, from, to)| [*from, *to]);
        daily.chain(closures).collect()
    }

    pub fn answer(&mut self) -> (Answer, i64) {
        let after = self.chance.random_range(1..25);
        match self.chance.random_range(0..100) {
            0..92 => (Answer::Takes, after),
            92..97 => (Answer::Passes, after),
            _ => (Answer::Nothing, after),
        }
    }

    /// How long a talk lasts. Unit: seconds.
    pub fn talk(&mut self) -> i64 {
        self.chance.random_range(240..2_400)
    }
}

fn person(chance: &mut StdRng, number: usize) -> Person {
    let mut queues: Vec<QueueId> =
        QUEUES.iter().filter(|_| chance.random_bool(0.3)).map(|queue| (*queue).into()).collect();
    if queues.is_empty() {
        queues.push("gp".into());
    }
    let begins = chance.random_range(0..24) * 3_600;
    let free = chance.random_range(0..7);
    let shifts = (0..7).filter(|day| *day != free).flat_map(|day| {
        let from = day * DAY + begins;
        // A meal in the middle.
        [(from, from + 4 * 3_600), (from + 4 * 3_600 + 1_800, from + 8 * 3_600)]
    });
    let shifts = shifts.collect();
    let crashes =
        (0..chance.random_range(0..3)).map(|_| (chance.random_range(0..WEEK), chance.random_range(60..1_800)));
    Person {
        id: format!("o{number:03}").into(),
        queues,
        crashes: crashes.collect(),
        shifts,
        skills: some(chance, SKILLS, 0.5),
        languages: some(chance, LANGUAGES, 0.6),
        capacity: chance.random_range(1..5),
    }
}

fn question(chance: &mut StdRng) -> Question {
    // One in ten comes in two bursts, the others by day more than by night.
    let at = match chance.random_range(0..20) {
        0 => DAY + 10 * 3_600 + chance.random_range(0..600),
        1 => 3 * DAY + 2 * 3_600 + chance.random_range(0..300),
        2..5 => chance.random_range(0..WEEK),
        _ => chance.random_range(0..7) * DAY + chance.random_range(8 * 3_600..21 * 3_600),
    };
    Question {
        at,
        queue: QUEUES[chance.random_range(0..QUEUES.len())].into(),
        language: some(chance, LANGUAGES, 0.4).pop(),
        is_urgent: chance.random_bool(0.05),
        patience: chance.random_range(600..6 * 3_600),
    }
}

/// A time of the simulated week.
pub fn at(seconds: i64) -> Time {
    Time::from_millis(1_700_000_000_000).plus_seconds(seconds)
}
