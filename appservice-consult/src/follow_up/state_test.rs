//! Every step of a follow-up, tried in every state.

#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::{
    AHEAD_SECONDS_MAX, Ending, Happened, LOOK_AGAIN_SECONDS, OWNER_GRACE_SECONDS, Owner, Phase, Refusal, State,
};
use crate::time::Time;

fn noon() -> Time {
    Time::from_millis(1_700_000_000_000)
}

fn ahead(owner: Option<&str>) -> State {
    State::new(noon().plus_seconds(60), (owner.map(Into::into), "general".into()), noon()).unwrap()
}

fn due(owner: Option<&str>) -> State {
    ahead(owner).at(noon().plus_seconds(60), Owner::There).unwrap().0
}

#[test]
fn a_time_lies_in_the_next_two_years() {
    for seconds in [0, -1, AHEAD_SECONDS_MAX + 1] {
        let at = noon().plus_seconds(seconds);
        assert_eq!(State::new(at, (None, "general".into()), noon()), Err(Refusal::BadTime), "{seconds}");
        assert_eq!(ahead(None).put_off(at, noon()), Err(Refusal::BadTime), "{seconds}");
    }
    assert!(ahead(None).put_off(noon().plus_seconds(AHEAD_SECONDS_MAX), noon()).is_ok());
}

#[test]
fn it_comes_due_at_its_time_and_once() {
    assert_eq!(ahead(None).at(noon().plus_seconds(59), Owner::There), Err(Refusal::NotDue));
    let now = noon().plus_seconds(60);
    let (due, happened) = ahead(None).at(now, Owner::Away).unwrap();
    assert_eq!((due.phase, happened, due.next_at), (Phase::Due { since: now }, Happened::CameDue, None));
    assert_eq!(due.at(now.plus_seconds(9_999), Owner::There), Err(Refusal::NotDue));
}

#[test]
fn what_is_due_becomes_the_queues_when_its_owner_stays_away() {
    let due = due(Some("petrova"));
    let later = noon().plus_seconds(60 + OWNER_GRACE_SECONDS);
    assert_eq!(due.at(later.plus_seconds(-1), Owner::Away), Err(Refusal::NotDue));
    let (kept, happened) = due.at(later, Owner::There).unwrap();
    assert_eq!((happened, kept.operator.is_some()), (Happened::Nothing, true));
    assert_eq!(kept.next_at, Some(later.plus_seconds(LOOK_AGAIN_SECONDS)));
    let (handed, happened) = kept.at(later.plus_seconds(LOOK_AGAIN_SECONDS), Owner::Away).unwrap();
    assert_eq!((happened, handed.operator, handed.next_at), (Happened::HandedOn, None, None));
}

#[test]
fn what_is_put_off_comes_due_anew_and_what_is_handed_on_waits_for_its_new_owner() {
    let now = noon().plus_seconds(90);
    let again = due(Some("petrova")).put_off(now.plus_seconds(30), now).unwrap();
    assert_eq!((again.phase, again.next_at), (Phase::Ahead, Some(now.plus_seconds(30))));
    assert_eq!(again.at(now.plus_seconds(30), Owner::There).unwrap().1, Happened::CameDue);
    let handed = due(None).handed_to(Some("sokolov".into()), "dental".into(), now).unwrap();
    assert_eq!(handed.next_at, Some(now.plus_seconds(OWNER_GRACE_SECONDS)));
    assert_eq!(ahead(Some("petrova")).handed_to(None, "dental".into(), now).unwrap().next_at, ahead(None).next_at);
}

#[test]
fn what_is_over_stays_over() {
    for ending in [Ending::Done, Ending::Cancelled] {
        let over = due(Some("petrova")).ended(ending, noon()).unwrap();
        assert_eq!((over.is_open(), over.next_at), (false, None));
        assert_eq!(over.ended(Ending::Done, noon()), Err(Refusal::Over));
        assert_eq!(over.put_off(noon().plus_seconds(60), noon()), Err(Refusal::Over));
        assert_eq!(over.handed_to(None, "dental".into(), noon()), Err(Refusal::Over));
        assert_eq!(over.at(noon().plus_seconds(9_999), Owner::Away), Err(Refusal::Over));
    }
}

#[derive(Debug, Clone)]
enum Step {
    Time(i64, Owner),
    PutOff(i64),
    Hand(Option<&'static str>),
}

fn any_step() -> impl Strategy<Value = Step> {
    let owner = any::<bool>().prop_map(|there| if there { Owner::There } else { Owner::Away });
    prop_oneof![
        (0_i64..4_000, owner).prop_map(|(seconds, owner)| Step::Time(seconds, owner)),
        (1_i64..4_000).prop_map(Step::PutOff),
        prop::sample::select(vec![None, Some("petrova"), Some("sokolov")]).prop_map(Step::Hand),
    ]
}

proptest! {
    /// Whatever happens, an open one is never forgotten: the timer looks at it, or it is due and its queue's.
    #[test]
    fn nothing_open_is_forgotten(steps in prop::collection::vec(any_step(), 0..20)) {
        let (mut now, mut state) = (noon(), ahead(Some("petrova")));
        for step in steps {
            let next = match step {
                Step::Time(seconds, owner) => {
                    now = now.plus_seconds(seconds);
                    state.at(now, owner).map(|(next, _)| next)
                }
                Step::PutOff(seconds) => state.put_off(now.plus_seconds(seconds), now),
                Step::Hand(operator) => state.handed_to(operator.map(Into::into), "general".into(), now),
            };
            state = next.unwrap_or(state);
            let is_the_queues = matches!(state.phase, Phase::Due { .. }) && state.operator.is_none();
            prop_assert!(state.is_open() && (state.next_at.is_some() || is_the_queues), "{:?}", state);
            if state.phase == Phase::Ahead {
                prop_assert_eq!(state.next_at, Some(state.due_at));
            }
        }
    }
}
