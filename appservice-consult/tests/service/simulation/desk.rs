//! The desk: the service's machine and matching, led through the week by a heap of what happens next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use consilium_consult::consultation::{
    Command, Deadline, Line, Mark, Phase, Promise, Right, State, TakeRight, order, step,
};
use consilium_consult::ids::{ConsultationId, OperatorId};
use consilium_consult::routing::{Agent, Readiness, Rules, Waiting, matched};

use super::check;
use super::people::{Answer, Person, WEEK, Week, at};

const OFFER_SECONDS: i64 = 30;
const ASK_AGAIN_SECONDS: i64 = 300;
const ABANDON_SECONDS: i64 = 4 * 3_600;
/// A wait that is promised to be no longer, and when it is warned of.
const PROMISED_SECONDS: i64 = 1_200;
const WARN_SECONDS: i64 = 900;
/// What is led by who crashed goes back to the queue after so long.
const RETURN_SECONDS: i64 = 600;
/// Who crashed looks so often whether he can close what is over.
const TRY_AGAIN_SECONDS: i64 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Asks(usize),
    /// The operator who is asked does what he does.
    Answers(usize, usize, u64),
    OfferEnds(usize, u64),
    /// A talk is over, if it is still the one that began with this take.
    Closes(usize, u64),
    GoesAway(usize),
    WaitsTooLong(usize),
    PromiseDue(usize),
    Comes(usize),
    Goes(usize),
    Crashes(usize, i64),
    /// His console has been lost for too long, if it is still the same crash.
    IsMissed(usize, u64),
    Returns(usize),
    /// Rules go by the clock: hours, overflow, asking again.
    ClockStrikes,
}

/// A patient's consultation.
pub struct Talk {
    pub state: State,
    pub order: i64,
    pub language: Option<String>,
    pub passed: Vec<(OperatorId, i64)>,
    /// What was told of the promised wait, in order.
    told: Vec<Mark>,
    /// Number of the offer, so that what belongs to an earlier one is known.
    offer: u64,
    /// The same of who took it.
    take: u64,
}

/// An operator at work.
pub struct Worker {
    pub person: Person,
    is_there: bool,
    is_crashed: bool,
    is_away: bool,
    /// Number of his last crash, and when it was.
    crash: (u64, i64),
    pub given_at: Option<i64>,
}

impl Worker {
    pub fn is_ready(&self) -> bool {
        self.is_there && !self.is_crashed && !self.is_away
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct Told {
    pub asked: usize,
    pub closed: usize,
    pub cancelled: usize,
    pub abandoned: usize,
    pub passed: usize,
    pub lapsed: usize,
    pub withdrawn: usize,
    pub crashed: usize,
    pub returned: usize,
    pub waited: usize,
    pub broken: usize,
}

pub struct Desk {
    pub week: Week,
    pub workers: Vec<Worker>,
    pub talks: BTreeMap<usize, Talk>,
    heap: BinaryHeap<Reverse<(i64, u64, Happens)>>,
    number: u64,
    now: i64,
    told: Told,
}

impl Desk {
    pub fn new(week: Week) -> Self {
        let worker = |person: &Person| Worker {
            person: person.clone(),
            is_there: false,
            is_crashed: false,
            is_away: false,
            crash: (0, 0),
            given_at: None,
        };
        let workers = week.people.iter().map(worker).collect();
        let mut desk = Self {
            workers,
            talks: BTreeMap::new(),
            heap: BinaryHeap::new(),
            number: 0,
            now: 0,
            told: Told::default(),
            week,
        };
        desk.plan();
        desk
    }

    fn plan(&mut self) {
        for number in 0..self.week.questions.len() {
            self.will(self.week.questions[number].at, Happens::Asks(number));
        }
        for number in 0..self.workers.len() {
            let Person { shifts, crashes, .. } = self.workers[number].person.clone();
            for (from, to) in shifts {
                self.will(from, Happens::Comes(number));
                self.will(to, Happens::Goes(number));
            }
            for (from, length) in crashes {
                self.will(from, Happens::Crashes(number, length));
            }
        }
        for edge in self.week.edges() {
            self.will(edge, Happens::ClockStrikes);
        }
        for minute in 0..WEEK / 60 {
            self.will(minute * 60, Happens::ClockStrikes);
        }
    }

    fn will(&mut self, at: i64, what: Happens) {
        self.number += 1;
        self.heap.push(Reverse((at, self.number, what)));
    }

    pub fn told(&self) -> Told {
        self.told
    }

    /// The whole week, and after it until nothing waits.
    pub fn run(&mut self) {
        while let Some(Reverse((time, _, what))) = self.heap.pop() {
            self.now = time;
            self.happen(what);
            self.drain();
        }
        assert!(self.talks.is_empty(), "{} are still open after all", self.talks.len());
    }

    fn happen(&mut self, what: Happens) {
        match what {
            Happens::Asks(number) => self.asks(number),
            Happens::Answers(talk, worker, offer) => self.answers(talk, worker, offer),
            Happens::OfferEnds(talk, offer) => self.offer_ends(talk, offer),
            Happens::Closes(talk, take) => self.closes(talk, take),
            Happens::GoesAway(talk) => {
                self.ends(talk, &Command::Cancel, |told| told.cancelled += 1);
            }
            Happens::WaitsTooLong(talk) => self.waits_too_long(talk),
            Happens::PromiseDue(talk) => self.promise_due(talk),
            Happens::Comes(worker) => (self.workers[worker].is_there, self.workers[worker].is_away) = (true, false),
            Happens::Goes(worker) => {
                self.workers[worker].is_there = false;
                self.withdraw(worker);
            }
            Happens::Crashes(worker, length) => {
                let crash = self.workers[worker].crash.0 + 1;
                (self.workers[worker].is_crashed, self.workers[worker].crash) = (true, (crash, self.now));
                self.told.crashed += 1;
                self.will(self.now + RETURN_SECONDS, Happens::IsMissed(worker, crash));
                self.will(self.now + length, Happens::Returns(worker));
            }
            Happens::IsMissed(worker, crash) => self.is_missed(worker, crash),
            Happens::Returns(worker) => {
                (self.workers[worker].is_crashed, self.workers[worker].is_away) = (false, false);
            }
            Happens::ClockStrikes => self.check_that_nobody_is_forgotten(),
        }
    }

    fn asks(&mut self, number: usize) {
        let question = self.week.questions[number].clone();
        let mut state = State::requested(question.queue, None, at(self.now));
        state.priority = i64::from(question.is_urgent);
        let order = order::queue_order(state.priority, None);
        let talk =
            Talk { state, order, language: question.language, passed: Vec::new(), told: Vec::new(), offer: 0, take: 0 };
        assert!(self.talks.insert(number, talk).is_none(), "asked twice");
        self.told.asked += 1;
        self.waits(number);
        self.will(self.now + question.patience, Happens::GoesAway(number));
    }

    fn waits(&mut self, talk: usize) {
        // Late and twice, as timers are: what is told may not depend on it. Before whatever else happens in the same second.
        for after in [WARN_SECONDS, PROMISED_SECONDS, PROMISED_SECONDS + 1] {
            self.will(self.now + after, Happens::PromiseDue(talk));
        }
        self.will(self.now + ABANDON_SECONDS, Happens::WaitsTooLong(talk));
    }

    /// What is led by who crashed waits again, before what is as old; he is not asked for it at once when he comes back.
    fn is_missed(&mut self, worker: usize, crash: u64) {
        if !self.workers[worker].is_crashed || self.workers[worker].crash.0 != crash {
            return;
        }
        let lead = self.workers[worker].person.id.clone();
        for talk in self.led_by(&lead) {
            let priority = self.talks[&talk].state.priority;
            let orphaned = Command::Orphaned { lead: lead.clone(), line: Line::Quiet };
            assert!(self.apply(talk, &orphaned), "what is led can be taken away");
            assert!(!self.apply(talk, &orphaned), "and only once");
            let open = self.talks.get_mut(&talk).unwrap();
            assert_eq!((&open.state.phase, open.state.priority), (&Phase::Queued, priority + 1));
            open.order = order::queue_order(open.state.priority, None);
            open.told.clear();
            self.told.returned += 1;
            self.remember_pass(talk, lead.clone());
            self.waits(talk);
        }
    }

    fn led_by(&self, lead: &OperatorId) -> Vec<usize> {
        let is_his = |talk: &Talk| talk.state.phase.team().is_some_and(|team| team.lead == *lead);
        self.talks.iter().filter(|(_, talk)| is_his(talk)).map(|(number, _)| *number).collect()
    }

    fn check_that_nobody_is_forgotten(&self) {
        for worker in self.workers.iter().filter(|worker| worker.is_crashed) {
            let is_missed = self.now > worker.crash.1 + RETURN_SECONDS;
            let forgotten = if is_missed { self.led_by(&worker.person.id) } else { Vec::new() };
            assert!(forgotten.is_empty(), "{forgotten:?} stay with {}, who is not there", worker.person.id);
        }
    }

    fn promise_due(&mut self, talk: usize) {
        let Some(since) = self.talks.get(&talk).map(|talk| talk.state.phase_since) else { return };
        let (warn_at, due_at) = (since.plus_seconds(WARN_SECONDS), since.plus_seconds(PROMISED_SECONDS));
        let deadlines = vec![Deadline { promise: Promise::Wait, warn_at, due_at }];
        while self.apply(talk, &Command::Promises { deadlines: deadlines.clone() }) {
            let open = self.talks.get_mut(&talk).unwrap();
            open.told.push(open.state.marks.wait);
            self.told.broken += usize::from(open.state.marks.wait == Mark::Broken);
        }
    }

    /// Before a wait ends: what was told of it is exactly what was true.
    fn check_promise(&self, talk: usize) {
        let open = &self.talks[&talk];
        let waited = at(self.now).seconds_since(open.state.phase_since);
        let expected: &[Mark] = match waited {
            ..WARN_SECONDS => &[],
            WARN_SECONDS..PROMISED_SECONDS => &[Mark::Warned],
            PROMISED_SECONDS.. => &[Mark::Warned, Mark::Broken],
        };
        assert_eq!(open.told, expected, "{talk} waited {waited} s");
    }

    /// Applies a command where the machine allows it.
    fn apply(&mut self, talk: usize, command: &Command) -> bool {
        let now = at(self.now);
        let Some(open) = self.talks.get_mut(&talk) else { return false };
        let Ok((state, _)) = step(&open.state, command, now) else { return false };
        let is_changed = state != open.state;
        open.state = state;
        is_changed
    }

    fn is_asked(&self, talk: usize, offer: u64) -> bool {
        self.talks
            .get(&talk)
            .is_some_and(|talk| talk.offer == offer && matches!(talk.state.phase, Phase::Offered { .. }))
    }

    fn answers(&mut self, talk: usize, worker: usize, offer: u64) {
        if !self.is_asked(talk, offer) || !self.workers[worker].is_ready() {
            return;
        }
        let operator = self.workers[worker].person.id.clone();
        if self.week.answer().0 == Answer::Passes {
            assert!(self.apply(talk, &Command::Pass { operator: operator.clone() }));
            self.told.passed += 1;
            self.remember_pass(talk, operator);
            return;
        }
        self.check_promise(talk);
        self.told.waited += usize::from(self.now > self.week.questions[talk].at + 60);
        assert!(
            self.apply(talk, &Command::Take { operator, right: TakeRight::ByNameOnly }),
            "who is asked can take it"
        );
        let open = self.talks.get_mut(&talk).unwrap();
        open.take += 1;
        let take = open.take;
        let length = self.week.talk();
        self.will(self.now + length, Happens::Closes(talk, take));
    }

    fn remember_pass(&mut self, talk: usize, operator: OperatorId) {
        let passed = &mut self.talks.get_mut(&talk).unwrap().passed;
        passed.retain(|(other, _)| *other != operator);
        passed.push((operator, self.now));
    }

    fn offer_ends(&mut self, talk: usize, offer: u64) {
        if !self.is_asked(talk, offer) {
            return;
        }
        let Phase::Offered { operator, .. } = self.talks[&talk].state.phase.clone() else { return };
        assert!(self.apply(talk, &Command::TimeOut { abandon_after_seconds: ABANDON_SECONDS }));
        self.told.lapsed += 1;
        let missed = self.workers.iter_mut().find(|worker| worker.person.id == operator).unwrap();
        missed.is_away = true;
        self.remember_pass(talk, operator);
    }

    /// Who leaves his desk is not waited for.
    fn withdraw(&mut self, worker: usize) {
        let operator = self.workers[worker].person.id.clone();
        let is_his =
            |talk: &Talk| matches!(&talk.state.phase, Phase::Offered { operator: asked, .. } if *asked == operator);
        let his: Vec<usize> = self.talks.iter().filter(|(_, talk)| is_his(talk)).map(|(number, _)| *number).collect();
        for talk in his {
            assert!(self.apply(talk, &Command::Pass { operator: operator.clone() }));
            self.told.withdrawn += 1;
            self.remember_pass(talk, operator.clone());
        }
    }

    fn closes(&mut self, talk: usize, take: u64) {
        let Some(open) = self.talks.get(&talk).filter(|open| open.take == take) else { return };
        let Some(by) = open.state.phase.team().map(|team| team.lead.clone()) else { return };
        if self.workers.iter().any(|worker| worker.person.id == by && worker.is_crashed) {
            self.will(self.now + TRY_AGAIN_SECONDS, Happens::Closes(talk, take));
            return;
        }
        self.ends(talk, &Command::Close { by, right: Right::Lead }, |told| told.closed += 1);
    }

    fn waits_too_long(&mut self, talk: usize) {
        let command = Command::TimeOut { abandon_after_seconds: ABANDON_SECONDS };
        let is_waiting = self.talks.get(&talk).is_some_and(|talk| talk.state.phase == Phase::Queued);
        if is_waiting {
            self.ends(talk, &command, |told| told.abandoned += 1);
        } else if self.talks.get(&talk).is_some_and(|talk| talk.state.phase.is_waiting()) {
            self.will(self.now + OFFER_SECONDS, Happens::WaitsTooLong(talk));
        }
    }

    fn ends(&mut self, talk: usize, command: &Command, tell: impl FnOnce(&mut Told)) {
        if self.talks.get(&talk).is_some_and(|talk| talk.state.phase.is_waiting()) {
            // What waits again may end in the very second in which something is told of it.
            self.promise_due(talk);
            self.check_promise(talk);
        }
        if self.apply(talk, command) {
            assert!(!self.talks[&talk].state.phase.is_open());
            tell(&mut self.told);
            self.talks.remove(&talk);
        }
    }

    // --- matching ---

    fn drain(&mut self) {
        let rules = self.week.rules(self.now);
        let waiting = self.waiting();
        if waiting.is_empty() {
            return;
        }
        let agents = self.agents(&rules);
        let matches = matched(&waiting, &agents, &rules, at(self.now));
        for one in &matches {
            self.offer(one.consultation.as_str().parse().unwrap(), &one.operator);
        }
        check::after_a_round(&rules, &waiting, &agents, &matches, self.now);
    }

    fn offer(&mut self, talk: usize, operator: &OperatorId) {
        let command = Command::Offer { operator: operator.clone(), until: at(self.now + OFFER_SECONDS) };
        assert!(self.apply(talk, &command), "what waits can be offered");
        let open = self.talks.get_mut(&talk).unwrap();
        open.offer += 1;
        let offer = open.offer;
        let worker = self.workers.iter().position(|worker| worker.person.id == *operator).unwrap();
        self.workers[worker].given_at = Some(self.now);
        let (answer, after) = self.week.answer();
        if answer != Answer::Nothing {
            self.will(self.now + after, Happens::Answers(talk, worker, offer));
        }
        self.will(self.now + OFFER_SECONDS, Happens::OfferEnds(talk, offer));
    }

    fn waiting(&self) -> Vec<Waiting> {
        let one = |(number, talk): (&usize, &Talk)| Waiting {
            id: ConsultationId::from(number.to_string()),
            queue: talk.state.queue.clone(),
            order: talk.order,
            requested_at: talk.state.requested_at,
            since: talk.state.phase_since,
            language: talk.language.clone(),
            handed_to: None,
            // Who handed it on, or was lost, is not asked first.
            last_lead: talk.state.previous_lead.clone().filter(|_| talk.state.transfer.is_none()),
            passed: self.passed_lately(talk),
        };
        self.talks.iter().filter(|(_, talk)| talk.state.phase == Phase::Queued).map(one).collect()
    }

    fn passed_lately(&self, talk: &Talk) -> Vec<OperatorId> {
        let lately = talk.passed.iter().filter(|(_, at)| *at > self.now - ASK_AGAIN_SECONDS);
        lately.map(|(operator, _)| operator.clone()).collect()
    }

    fn agents(&self, rules: &Rules) -> Vec<Agent> {
        let mut load: BTreeMap<&OperatorId, u32> = BTreeMap::new();
        for talk in self.talks.values() {
            let weight = rules[&talk.state.queue].weight;
            match &talk.state.phase {
                Phase::Offered { operator, .. } => *load.entry(operator).or_default() += weight,
                Phase::Active { team } => *load.entry(&team.lead).or_default() += weight,
                _ => {}
            }
        }
        let agent = |worker: &Worker| Agent {
            id: worker.person.id.clone(),
            queues: worker.person.queues.clone(),
            skills: worker.person.skills.clone(),
            languages: worker.person.languages.clone(),
            readiness: if worker.is_ready() { Readiness::All } else { Readiness::Nothing },
            capacity: worker.person.capacity,
            load: load.get(&worker.person.id).copied().unwrap_or(0),
            given_at: worker.given_at.map(at),
        };
        self.workers.iter().map(agent).collect()
    }
}
