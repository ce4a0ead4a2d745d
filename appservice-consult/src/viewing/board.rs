//! The records that are open in consoles, and telling those who look at the same one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::mpsc;

use crate::api::types::{ViewedRecord, ViewingAct};
use crate::ids::OperatorId;
use crate::time::Time;

/// A console that does not say again within this time what it shows, shows nothing. Unit: seconds.
pub const LIFE_SECONDS: i64 = 30;
/// Longest name that a console gives itself.
pub const CONSOLE_CHARACTERS_MAX: usize = 64;
/// Consoles of one operator that are remembered: as many as he may have streams. Of more the oldest word is forgotten.
const CONSOLES_MAX: usize = 16;
/// Colleagues on one record that are told: more is a crowd, and its names fit nowhere.
const VIEWERS_MAX: usize = 20;
/// What is on its way to one stream. More is left out: the next word of the console answers with how it stands.
const ON_THE_WAY: usize = 16;

/// One window of one member of staff.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Screen {
    /// Whose.
    pub operator: OperatorId,
    /// The window's own name.
    pub console: String,
}

/// What a window shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The record.
    pub record: ViewedRecord,
    /// What is done with it.
    pub act: ViewingAct,
}

/// Who looks at a record, as it is told: each once, by what he does most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The record.
    pub record: ViewedRecord,
    /// Those who look.
    pub viewers: Vec<(OperatorId, ViewingAct)>,
}

#[derive(Debug)]
struct Lasting {
    look: Look,
    said_at: Time,
}

type Ears = HashMap<OperatorId, HashMap<u64, mpsc::Sender<Arc<Seen>>>>;

#[derive(Debug, Default)]
struct State {
    looks: HashMap<Screen, Lasting>,
    by_record: HashMap<ViewedRecord, HashSet<Screen>>,
    ears: Ears,
    ears_ever: u64,
}

/// Which console looks at what.
#[derive(Debug, Default)]
pub struct Board {
    state: Arc<Mutex<State>>,
}

impl Board {
    /// A window shows a record, or goes on showing it. Returns who looks at it now.
    pub fn look(&self, screen: Screen, look: Look, now: Time) -> Seen {
        let mut state = self.state.lock();
        let record = look.record.clone();
        let is_new = !state.looks.contains_key(&screen);
        let forgotten = if is_new { state.one_too_many(&screen.operator) } else { None };
        let touched: Vec<ViewedRecord> =
            forgotten.iter().chain([&screen]).filter_map(|one| state.record_of(one)).collect();
        state.changing([touched, vec![record.clone()]].concat(), |state| {
            if let Some(forgotten) = &forgotten {
                state.take(forgotten);
            }
            state.put(screen, Lasting { look, said_at: now });
        });
        state.seen(record)
    }

    /// A window shows nothing any more.
    pub fn leave(&self, screen: &Screen) {
        let mut state = self.state.lock();
        let Some(record) = state.record_of(screen) else { return };
        state.changing(vec![record], |state| state.take(screen));
    }

    /// Forgets the windows that have been silent too long.
    pub fn sweep(&self, now: Time) {
        let mut state = self.state.lock();
        let silent = state.looks.iter().filter(|(_, lasting)| now.seconds_since(lasting.said_at) >= LIFE_SECONDS);
        let silent: Vec<Screen> = silent.map(|(screen, _)| screen.clone()).collect();
        if silent.is_empty() {
            return;
        }
        let touched = silent.iter().filter_map(|screen| state.record_of(screen)).collect();
        state.changing(touched, |state| {
            for screen in &silent {
                state.take(screen);
            }
        });
    }

    /// What is told to a member of staff from now on, on one stream of his.
    pub fn listen(&self, operator: &OperatorId) -> Ear {
        let (sender, told) = mpsc::channel(ON_THE_WAY);
        let mut state = self.state.lock();
        state.ears_ever += 1;
        let number = state.ears_ever;
        state.ears.entry(operator.clone()).or_default().insert(number, sender);
        Ear { told, number, operator: operator.clone(), state: Arc::clone(&self.state) }
    }
}

impl State {
    fn record_of(&self, screen: &Screen) -> Option<ViewedRecord> {
        self.looks.get(screen).map(|lasting| lasting.look.record.clone())
    }

    /// The window of an operator that is forgotten for one more.
    fn one_too_many(&self, operator: &OperatorId) -> Option<Screen> {
        let own = self.looks.iter().filter(|(screen, _)| screen.operator == *operator);
        let mut own: Vec<_> = own.map(|(screen, lasting)| (lasting.said_at, screen)).collect();
        own.sort_by_key(|(said_at, _)| *said_at);
        own.first().filter(|_| own.len() >= CONSOLES_MAX).map(|(_, screen)| (*screen).clone())
    }

    fn put(&mut self, screen: Screen, lasting: Lasting) {
        self.take(&screen);
        self.by_record.entry(lasting.look.record.clone()).or_default().insert(screen.clone());
        self.looks.insert(screen, lasting);
    }

    fn take(&mut self, screen: &Screen) {
        let Some(Lasting { look: Look { record, .. }, .. }) = self.looks.remove(screen) else { return };
        if let Some(screens) = self.by_record.get_mut(&record) {
            screens.remove(screen);
            if screens.is_empty() {
                self.by_record.remove(&record);
            }
        }
    }

    fn viewers(&self, record: &ViewedRecord) -> Vec<(OperatorId, ViewingAct)> {
        let mut acts: BTreeMap<&OperatorId, ViewingAct> = BTreeMap::new();
        for screen in self.by_record.get(record).into_iter().flatten() {
            let act = self.looks.get(screen).map_or(ViewingAct::Looking, |lasting| lasting.look.act);
            let most = acts.entry(&screen.operator).or_insert(act);
            *most = act.max(*most);
        }
        acts.into_iter().map(|(operator, act)| (operator.clone(), act)).collect()
    }

    fn seen(&self, record: ViewedRecord) -> Seen {
        let mut viewers = self.viewers(&record);
        viewers.truncate(VIEWERS_MAX);
        Seen { record, viewers }
    }

    /// Changes who looks at these records, and tells those who look at one of which that is true.
    fn changing(&mut self, mut records: Vec<ViewedRecord>, change: impl FnOnce(&mut Self)) {
        records.sort_unstable();
        records.dedup();
        let before: Vec<_> = records.iter().map(|record| self.viewers(record)).collect();
        change(self);
        for (record, before) in records.into_iter().zip(before) {
            let viewers = self.viewers(&record);
            if viewers != before {
                self.tell(&viewers, self.seen(record));
            }
        }
    }

    fn tell(&self, viewers: &[(OperatorId, ViewingAct)], seen: Seen) {
        let seen = Arc::new(seen);
        for sender in viewers.iter().filter_map(|(operator, _)| self.ears.get(operator)).flat_map(HashMap::values) {
            // Full, or about to go: a hint that may be lost.
            let _lost = sender.try_send(Arc::clone(&seen));
        }
    }
}

/// What one stream hears; given back when the stream ends.
#[derive(Debug)]
pub struct Ear {
    told: mpsc::Receiver<Arc<Seen>>,
    number: u64,
    operator: OperatorId,
    state: Arc<Mutex<State>>,
}

impl Ear {
    /// The next word.
    pub async fn hear(&mut self) -> Option<Arc<Seen>> {
        self.told.recv().await
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        let mut state = self.state.lock();
        if let Some(own) = state.ears.get_mut(&self.operator) {
            own.remove(&self.number);
            if own.is_empty() {
                state.ears.remove(&self.operator);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Board, CONSOLES_MAX, Ear, LIFE_SECONDS, Look, ON_THE_WAY, Screen};
    use crate::api::types::{ViewedKind, ViewedRecord, ViewingAct};
    use crate::time::Time;

    fn after(seconds: i64) -> Time {
        Time::from_millis(1_700_000_000_000).plus_seconds(seconds)
    }

    fn screen(operator: &str, console: &str) -> Screen {
        Screen { operator: operator.into(), console: console.to_owned() }
    }

    fn at(id: &str) -> Look {
        let record = ViewedRecord { kind: ViewedKind::Patient, id: id.to_owned() };
        Look { record, act: ViewingAct::Looking }
    }

    fn writing(id: &str) -> Look {
        Look { act: ViewingAct::Writing, ..at(id) }
    }

    /// Names of who looks, word by word, as far as it was told.
    fn heard(ear: &mut Ear) -> Vec<String> {
        let mut all = Vec::new();
        while let Ok(seen) = ear.told.try_recv() {
            let names: Vec<_> = seen
                .viewers
                .iter()
                .map(|(operator, act)| format!("{operator}{}", if *act == ViewingAct::Writing { "!" } else { "" }))
                .collect();
            all.push(names.join("+"));
        }
        all
    }

    #[test]
    fn those_who_look_at_one_record_hear_of_one_another_and_nobody_else_does() {
        let board = Board::default();
        let (mut a, mut b, mut c) = (board.listen(&"a".into()), board.listen(&"b".into()), board.listen(&"c".into()));
        board.look(screen("a", "1"), at("x"), after(0));
        board.look(screen("c", "1"), at("y"), after(0));
        let seen = board.look(screen("b", "1"), at("x"), after(0));
        assert_eq!(seen.viewers.len(), 2);
        board.look(screen("b", "1"), writing("x"), after(0));
        board.leave(&screen("b", "1"));
        assert_eq!(heard(&mut a), ["a", "a+b", "a+b!", "a"]);
        assert_eq!(heard(&mut b), ["a+b", "a+b!"], "who has left hears no more");
        assert_eq!(heard(&mut c), ["c"]);
    }

    #[test]
    fn the_same_said_again_is_told_to_nobody() {
        let board = Board::default();
        let mut a = board.listen(&"a".into());
        for _ in 0..5 {
            board.look(screen("a", "1"), at("x"), after(0));
        }
        assert_eq!(heard(&mut a), ["a"]);
    }

    #[test]
    fn two_windows_of_one_operator_are_one_viewer_until_both_are_elsewhere() {
        let board = Board::default();
        let mut b = board.listen(&"b".into());
        board.look(screen("b", "1"), at("x"), after(0));
        board.look(screen("a", "1"), at("x"), after(0));
        board.look(screen("a", "2"), at("x"), after(0));
        board.look(screen("a", "1"), at("y"), after(0));
        assert_eq!(heard(&mut b), ["b", "a+b"]);
        board.look(screen("a", "2"), at("y"), after(0));
        assert_eq!(heard(&mut b), ["b"]);
    }

    #[test]
    fn who_is_silent_looks_at_nothing_any_more() {
        let board = Board::default();
        let mut a = board.listen(&"a".into());
        board.look(screen("b", "1"), at("x"), after(0));
        board.look(screen("a", "1"), at("x"), after(10));
        board.sweep(after(LIFE_SECONDS - 1));
        assert_eq!(heard(&mut a), ["a+b"]);
        board.sweep(after(LIFE_SECONDS));
        assert_eq!(heard(&mut a), ["a"]);
        board.sweep(after(LIFE_SECONDS + 10));
        let state = board.state.lock();
        assert!(state.looks.is_empty() && state.by_record.is_empty());
    }

    #[test]
    fn an_operator_has_a_bounded_number_of_windows_and_a_stream_of_words() {
        let board = Board::default();
        let mut ear = board.listen(&"a".into());
        for number in 0..100 {
            board.look(screen("a", &number.to_string()), at(&number.to_string()), after(number));
        }
        assert_eq!(board.state.lock().looks.len(), CONSOLES_MAX);
        assert_eq!(heard(&mut ear).len(), ON_THE_WAY);
        drop(ear);
        assert!(board.state.lock().ears.is_empty());
    }
}
