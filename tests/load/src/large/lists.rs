//! Lists: each with every filter and in every order that staff can ask for, page by page.

use std::time::Duration;

use anyhow::Result;
use http::Method;
use serde_json::Value;

use super::{Large, SUPERVISORS, api};
use crate::{client::Client, report::Figure, stats::Times};

/// Pages of each list.
const PAGES: usize = 20;
/// Between two requests: an account may ask 40 times in a second, and all supervisors take turns.
const PAUSE: Duration = Duration::from_millis(4);
const TARGET_MS: f64 = 50.0;
const FILTERS: [&str; 7] = [
    "",
    "queue=therapist",
    "operator=operator-0100",
    "queue=therapist&operator=operator-0100",
    "patient=patient-000007",
    "q=anna",
    "tag=tag-1",
];

/// The 95th percentile of each list.
pub(super) async fn pages(large: &Large) -> Result<Vec<Figure>> {
    let mut supervisors = Readers { connections: Vec::new(), turn: 0 };
    for number in 0..SUPERVISORS {
        supervisors.connections.push(large.colleague(number).await?);
    }
    let mut figures = Vec::new();
    for path in for_supervisors() {
        figures.push(Figure::at_most(path.clone(), supervisors.p95_ms(&path).await?, "ms", TARGET_MS));
    }
    // Colleagues take turns too: each has about as much as the other.
    let mut operators = Readers { connections: Vec::new(), turn: 0 };
    for number in SUPERVISORS..2 * SUPERVISORS {
        operators.connections.push(large.colleague(number).await?);
    }
    for path in [
        "/consultations?view=mine",
        "/consultations?view=waiting",
        "/consultations?view=active",
        "/consultations?view=ended",
        "/consultations?view=all",
        "/callbacks?view=mine",
        "/callbacks?view=open",
        "/calls",
        "/archive",
        "/archive?queue=therapist",
        "/archive?q=anna",
    ] {
        let p95 = operators.p95_ms(path).await?;
        figures.push(Figure::at_most(format!("{path} (operator)"), p95, "ms", TARGET_MS));
    }
    Ok(figures)
}

fn for_supervisors() -> Vec<String> {
    let views = ["view=waiting", "view=mine", "view=active", "view=on_hold", "view=ended", "view=all"];
    let orders = ["sort=waiting", "sort=newest", "sort=oldest", "sort=patient"];
    let mut paths = crossed("/consultations", [&views, &FILTERS, &orders]);
    let views = ["view=waiting", "view=mine", "view=taken", "view=open", "view=ended", "view=all"];
    let filters = ["", "queue=therapist", "operator=operator-0101", "patient=patient-000007", "q=anna", "overdue=true"];
    paths.extend(crossed("/callbacks", [&views, &filters, &["sort=due", "sort=newest", "sort=oldest"]]));
    let filters = ["", "q=anna", "q=%2B74950000007", "user=filled7"];
    paths.extend(crossed("/patients", [&filters, &["sort=name", "sort=newest", "sort=last_consultation"], &[""]]));
    let filters = &FILTERS[..FILTERS.len() - 1]; // the archive knows no tags
    paths.extend(crossed("/archive", [filters, &[""], &[""]]));
    let actors = ["", "actor=%40staff100%3Aclinic.test", "actor=%40filled7%3Aclinic.test"];
    let actions = ["", "action=consultation.taken", "action=patient.read"];
    paths.extend(crossed("/audit", [&actors, &actions, &["", "subject=c-000000100", "from=2026-06-01T00:00:00Z"]]));
    let filters = ["", "operator=operator-0100", "patient=patient-000007", "outcome=missed"];
    paths.extend(crossed("/calls", [&filters, &[""], &[""]]));
    paths.extend(["/operators", "/operators/operator-0100/status-history", "/queues"].map(str::to_owned));
    paths
}

/// A list with each of the first, each of the second and each of the third.
fn crossed(list: &str, parameters: [&[&str]; 3]) -> Vec<String> {
    let [first, second, third] = parameters;
    let mut paths = Vec::new();
    for one in first {
        for two in second {
            for three in third {
                let given: Vec<&str> = [*one, *two, *three].into_iter().filter(|part| !part.is_empty()).collect();
                let glue = if given.is_empty() { "" } else { "?" };
                paths.push(format!("{list}{glue}{}", given.join("&")));
            }
        }
    }
    paths
}

/// Accounts that read in turn.
struct Readers {
    connections: Vec<Client>,
    turn: usize,
}

impl Readers {
    async fn p95_ms(&mut self, path: &str) -> Result<f64> {
        let (mut times, mut cursor) = (Times::default(), None::<String>);
        let glue = if path.contains('?') { '&' } else { '?' };
        for _ in 0..PAGES {
            self.turn = (self.turn + 1) % self.connections.len();
            let page = cursor.as_ref().map_or_else(|| path.to_owned(), |cursor| format!("{path}{glue}cursor={cursor}"));
            let answer = self.connections[self.turn].timed(Method::GET, &api(&page), &Value::Null).await?;
            times.push(answer.time);
            cursor = answer.json()?["next_cursor"].as_str().map(str::to_owned);
            tokio::time::sleep(PAUSE).await;
        }
        Ok(times.percentile_ms(0.95))
    }
}

/// Of each list the slowest way to ask for it, and whatever else misses.
pub(super) fn slowest(figures: Vec<Figure>) -> Vec<Figure> {
    let mut lists: Vec<(String, Vec<Figure>)> = Vec::new();
    for figure in figures {
        let list = list_of(&figure.name).to_owned();
        match lists.iter_mut().find(|(known, _)| *known == list) {
            Some((_, ways)) => ways.push(figure),
            None => lists.push((list, vec![figure])),
        }
    }
    let shown = |(_, mut ways): (String, Vec<Figure>)| {
        ways.sort_by(|one, other| other.value.total_cmp(&one.value));
        let count = ways.len();
        ways.into_iter().enumerate().filter(|(place, way)| *place == 0 || way.is_missed()).map(move |(place, way)| {
            let what = if place == 0 { format!("slowest of {count}") } else { "too slow as well".to_owned() };
            Figure { name: format!("p95 of a page, {what}: {}", way.name).into(), ..way }
        })
    };
    lists.into_iter().flat_map(shown).collect()
}

/// A section of the desk is a list of its own.
fn list_of(path: &str) -> &str {
    let end = if path.contains("view=") { path.find('&') } else { path.find(['?', ' ']) };
    &path[..end.unwrap_or(path.len())]
}

#[cfg(test)]
mod tests {
    use super::{crossed, slowest};
    use crate::report::Figure;

    #[test]
    fn every_filter_meets_every_order() {
        let paths = crossed("/x", [&["view=a", "view=b"], &["", "q=1"], &["sort=c"]]);
        let expected =
            ["/x?view=a&sort=c", "/x?view=a&q=1&sort=c", "/x?view=b&sort=c", "/x?view=b&q=1&sort=c"].map(str::to_owned);
        assert_eq!(paths, expected);
        assert_eq!(crossed("/y", [&[""], &[""], &[""]]), ["/y".to_owned()]);
    }

    #[test]
    fn of_each_list_the_slowest_is_shown_and_whatever_misses() {
        let figure = |name: &'static str, value| Figure::at_most(name, value, "ms", 50.0);
        let figures = vec![
            figure("/x?view=a&sort=c", 3.0),
            figure("/x?view=a&q=1&sort=c", 60.0),
            figure("/x?view=a&q=2&sort=c", 70.0),
            figure("/y", 2.0),
            figure("/y?q=1", 1.0),
        ];
        let names: Vec<String> = slowest(figures).into_iter().map(|figure| figure.name.into_owned()).collect();
        let expected = [
            "p95 of a page, slowest of 3: /x?view=a&q=2&sort=c",
            "p95 of a page, too slow as well: /x?view=a&q=1&sort=c",
            "p95 of a page, slowest of 2: /y",
        ];
        assert_eq!(names, expected);
    }
}
