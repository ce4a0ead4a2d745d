//! Routing decisions: 2,000 that wait and 500 operators, matched again and again. In process: what a decision costs besides the database is to be seen here.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use consilium_consult::ids::{ConsultationId, OperatorId, QueueId};
use consilium_consult::routing::{Agent, Readiness, Rule, Rules, Strategy, Waiting, matched};
use consilium_consult::time::Time;

use super::Options;
use crate::report::Figure;

const OPERATORS: usize = 500;
const WAITING: usize = 2_000;
const QUEUES: usize = 8;
const CAPACITY: u32 = 4;
const TARGET_A_SECOND: f64 = 5_000.0;
const NOW_MS: i64 = 1_700_000_000_000;

pub async fn decisions(options: Options) -> Result<Vec<Figure>> {
    let (waiting, agents, rules) = desk();
    let begun = Instant::now();
    let (mut decided, mut rounds) = (0_u32, 0_u32);
    while begun.elapsed() < Duration::from_secs(options.seconds) {
        let matches = matched(&waiting, &agents, &rules, Time::from_millis(NOW_MS));
        ensure!(matches.len() > WAITING / 2, "only {} of {WAITING} found somebody", matches.len());
        decided = decided.saturating_add(u32::try_from(matches.len())?);
        rounds += 1;
        tokio::task::yield_now().await;
    }
    let seconds = begun.elapsed().as_secs_f64();
    Ok(vec![
        Figure::at_least("decisions", f64::from(decided) / seconds, "/s", TARGET_A_SECOND),
        Figure::reported("a round of 2,000 for 500", seconds * 1_000.0 / f64::from(rounds), "ms"),
    ])
}

/// Operators serve two queues each, of both strategies.
fn desk() -> (Vec<Waiting>, Vec<Agent>, Rules) {
    let queue = |number: usize| QueueId::from(format!("queue-{}", number % QUEUES));
    let waiting = (0..WAITING).map(|number| Waiting {
        id: ConsultationId::from(format!("consultation-{number}")),
        queue: queue(number),
        order: 0,
        requested_at: Time::from_millis(NOW_MS).plus_seconds(-i64::try_from(number).unwrap_or(0)),
        since: Time::from_millis(NOW_MS),
        language: Some("en".to_owned()),
        handed_to: None,
        last_lead: None,
        passed: Vec::new(),
    });
    let agents = (0..OPERATORS).map(|number| Agent {
        id: OperatorId::from(format!("operator-{number}")),
        queues: vec![queue(number), queue(number + 1)],
        skills: vec!["children".to_owned(), "ecg".to_owned()],
        languages: vec!["en".to_owned(), "ru".to_owned()],
        readiness: Readiness::All,
        capacity: CAPACITY,
        load: 0,
        given_at: Some(Time::from_millis(NOW_MS).plus_seconds(-i64::try_from(number).unwrap_or(0))),
    });
    let rule = |number: usize| Rule {
        strategy: if number.is_multiple_of(2) { Strategy::LeastLoaded } else { Strategy::RoundRobin },
        weight: 1,
        skills: vec!["ecg".to_owned()],
        is_sticky: true,
        overflow: None,
        is_open: true,
    };
    let rules = (0..QUEUES).map(|number| (queue(number), rule(number))).collect();
    (waiting.collect(), agents.collect(), rules)
}
