//! What the facts come to: for each item whether it is done, and what is missing. Pure.

use super::item::Item;
use super::look::{CallFacts, Facts};

/// People who serve a queue, so that one may be ill.
const COVER: usize = 2;

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is done.
    Done,
    /// It is not.
    Open,
    /// It is not, and nothing waits for it: a hint.
    Advised,
    /// This brand does not need it.
    NotNeeded,
}

/// An item with how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which.
    pub item: Item,
    /// How.
    pub standing: Standing,
    /// What is missing: files, or ids of queues.
    pub missing: Vec<String>,
}

/// How each item stands. `said` are those that people said are done; it counts only where no machine can see.
pub fn judge(facts: &Facts, said: &[Item]) -> Vec<Finding> {
    let one = |item: Item| {
        let (standing, missing) =
            if item.is_said(facts.names_law) { (done(said.contains(&item)), Vec::new()) } else { seen(facts, item) };
        Finding { item, standing, missing }
    };
    Item::all().map(one).collect()
}

fn done(is_done: bool) -> Standing {
    if is_done { Standing::Done } else { Standing::Open }
}

fn seen(facts: &Facts, item: Item) -> (Standing, Vec<String>) {
    let plain = |is_done| (done(is_done), Vec::new());
    match item {
        Item::Look => (done(facts.placeholders.is_empty()), facts.placeholders.clone()),
        Item::Contacts => plain(facts.has_phone),
        Item::Email => plain(facts.has_email),
        Item::Legal => (done(facts.documents > 0 && facts.drafts.is_empty()), facts.drafts.clone()),
        // Patients can come without it, and one day somebody will look for it.
        Item::Security => (if facts.takes_reports { Standing::Done } else { Standing::Advised }, Vec::new()),
        Item::Profile => plain(facts.names_law),
        Item::Queue => {
            let idle = facts.queues.iter().filter(|queue| !queue.has_hours || queue.people == 0);
            let missing: Vec<_> = idle.map(|queue| queue.id.to_string()).collect();
            (done(!facts.queues.is_empty() && missing.is_empty()), missing)
        }
        Item::Cover => {
            let thin = facts.queues.iter().filter(|queue| queue.people < COVER);
            let missing: Vec<_> = thin.map(|queue| queue.id.to_string()).collect();
            (done(!facts.queues.is_empty() && missing.is_empty()), missing)
        }
        Item::Supervisor => plain(facts.supervisors > 0),
        Item::Address => plain(is_reached_by_others(&facts.public_url)),
        Item::Calls => match facts.calls {
            CallFacts::NotOffered => (Standing::NotNeeded, Vec::new()),
            CallFacts::NotConnected | CallFacts::Silent => plain(false),
            CallFacts::Answers => plain(true),
        },
        Item::Demo => plain(facts.demo_accounts == 0),
        Item::Rehearsal => plain(facts.has_rehearsed),
        // People say them.
        Item::KeyBackup | Item::Backups => plain(false),
    }
}

/// Whether patients come by an encrypted address that is not of one machine alone.
fn is_reached_by_others(public_url: &str) -> bool {
    let Ok(origin) = consilium_config::Origin::try_from(public_url.to_owned()) else { return false };
    origin.is_https() && !origin.is_loopback()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Finding, Standing, is_reached_by_others, judge};
    use crate::checklist::Item;
    use crate::checklist::look::{CallFacts, Facts, QueueFacts};

    fn ready() -> Facts {
        Facts {
            documents: 2,
            takes_reports: true,
            names_law: true,
            has_phone: true,
            has_email: true,
            queues: vec![QueueFacts { id: "general".into(), has_hours: true, people: 2 }],
            supervisors: 1,
            public_url: "https://clinic.example".to_owned(),
            calls: CallFacts::Answers,
            has_rehearsed: true,
            ..Facts::default()
        }
    }

    fn of(facts: &Facts, item: Item) -> Finding {
        judge(facts, &[]).into_iter().find(|finding| finding.item == item).unwrap()
    }

    #[test]
    fn what_is_ready_is_done_but_for_what_people_have_to_say() {
        let open = |said: &[Item]| {
            let found = judge(&ready(), said).into_iter().filter(|finding| finding.standing == Standing::Open);
            found.map(|finding| finding.item).collect::<Vec<_>>()
        };
        assert_eq!(open(&[]), [Item::KeyBackup, Item::Backups]);
        assert!(open(&[Item::KeyBackup, Item::Backups]).is_empty());
    }

    #[test]
    fn nobody_says_what_a_machine_sees() {
        let facts = Facts { has_phone: false, demo_accounts: 3, ..ready() };
        let all: Vec<Item> = Item::all().collect();
        let open: Vec<Item> = judge(&facts, &all)
            .into_iter()
            .filter(|finding| finding.standing == Standing::Open)
            .map(|finding| finding.item)
            .collect();
        assert_eq!(open, [Item::Contacts, Item::Demo]);
    }

    #[test]
    fn a_queue_needs_hours_and_two_people_who_are_real() {
        let queue = |has_hours, people| QueueFacts { id: "general".into(), has_hours, people };
        let with = |queue| Facts { queues: vec![queue], ..ready() };
        for (facts, works, covered) in [
            (with(queue(false, 2)), Standing::Open, Standing::Done),
            (with(queue(true, 0)), Standing::Open, Standing::Open),
            (with(queue(true, 1)), Standing::Done, Standing::Open),
            (Facts { queues: Vec::new(), ..ready() }, Standing::Open, Standing::Open),
        ] {
            assert_eq!((of(&facts, Item::Queue).standing, of(&facts, Item::Cover).standing), (works, covered));
        }
        assert_eq!(of(&with(queue(true, 1)), Item::Cover).missing, ["general"]);
    }

    #[test]
    fn drafts_placeholders_and_silent_calls_are_open() {
        let facts = Facts {
            drafts: vec!["legal/terms.en.html".to_owned()],
            placeholders: vec!["logo.svg".to_owned()],
            calls: CallFacts::Silent,
            ..ready()
        };
        for item in [Item::Legal, Item::Look, Item::Calls] {
            assert_eq!(of(&facts, item).standing, Standing::Open, "{item:?}");
        }
        assert_eq!(of(&facts, Item::Legal).missing, ["legal/terms.en.html"]);
        let without = Facts { calls: CallFacts::NotOffered, ..ready() };
        assert_eq!(of(&without, Item::Calls).standing, Standing::NotNeeded);
    }

    #[test]
    fn nowhere_to_report_a_fault_is_a_hint_and_leaves_nothing_open() {
        assert_eq!(of(&ready(), Item::Security).standing, Standing::Done);
        let facts = Facts { takes_reports: false, ..ready() };
        assert_eq!(of(&facts, Item::Security).standing, Standing::Advised);
    }

    #[test]
    fn an_address_of_one_machine_or_without_encryption_is_no_address() {
        assert!(is_reached_by_others("https://clinic.example"));
        for address in ["http://clinic.example", "https://localhost:8008", "http://127.0.0.1:8008", "nonsense"] {
            assert!(!is_reached_by_others(address), "{address}");
        }
    }
}
