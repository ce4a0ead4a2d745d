//! Lists: each with every filter and in every order that staff can ask for, page by page.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use consilium_consult::api::types::{ArchiveQuery, AuditQuery, CallbackQuery, ConsultationQuery, PatientQuery};
use consilium_consult::list_query::{self, ListQuery};
use http::Method;
use serde_json::Value;

use super::{Large, SUPERVISORS, api};
use crate::{client::Client, report::Figure, stats::Times};

/// Pages of each list.
const PAGES: usize = 20;
/// Between two requests: an account may ask 40 times in a second, and all supervisors take turns.
const PAUSE: Duration = Duration::from_millis(4);
/// A list that takes longer than this for all its pages is too slow whatever the others take; the rest of them is not asked for.
const ENOUGH: Duration = Duration::from_secs(3);
const TARGET_MS: f64 = 50.0;
/// Whose rows, and what is on them: for consultations and for the archive.
const FILTERS: [&str; 9] = [
    "",
    "queue=therapist",
    "operator=operator-0100",
    "queue=therapist&operator=operator-0100",
    "patient=patient-000007",
    "q=anna",
    "tag=tag-1",
    "field=occasion:first",
    "queue=therapist&operator=operator-0100&tag=tag-1",
];
/// How consultations stand; some of it is only of what is open.
const STANDINGS: [&str; 15] = [
    "patient=patient-000007&person=self",
    "phase=active",
    "phase=on_hold",
    "phase=archived",
    "phase=abandoned",
    "urgent=true",
    "urgent=false",
    "red_flag=true",
    "red_flag=false",
    "sla=warning",
    "sla=breach",
    "unanswered=true",
    "unanswered=false",
    "language=en",
    "queue=therapist&language=en&unanswered=false",
];
/// What sealed ones have.
const HOLDINGS: [&str; 7] = [
    "days=30",
    "stars_max=2",
    "conclusion=true",
    "conclusion=false",
    "held=true",
    "held=false",
    "patient=patient-000007&files=true",
];

/// The 95th percentile of each list.
pub(super) async fn pages(large: &Large) -> Result<Vec<Figure>> {
    let mut supervisors = Readers { connections: Vec::new(), turn: 0 };
    for number in 0..SUPERVISORS {
        supervisors.connections.push(large.colleague(number).await?);
    }
    let mut figures = Vec::new();
    for path in for_supervisors(&large.month)? {
        figures.push(Figure::at_most(path.clone(), supervisors.p95_ms(&path).await?, "ms", TARGET_MS));
    }
    // Colleagues take turns too: each has about as much as the other.
    let mut operators = Readers { connections: Vec::new(), turn: 0 };
    for number in SUPERVISORS..2 * SUPERVISORS {
        operators.connections.push(large.colleague(number).await?);
    }
    for path in FOR_OPERATORS {
        let p95 = operators.p95_ms(path).await?;
        figures.push(Figure::at_most(format!("{path} (operator)"), p95, "ms", TARGET_MS));
    }
    Ok(figures)
}

const FOR_OPERATORS: [&str; 17] = [
    "/consultations?view=mine",
    "/consultations?view=waiting",
    "/consultations?view=waiting&sort=sla",
    "/consultations?view=active",
    "/consultations?view=active&sort=unanswered",
    "/consultations?view=ended",
    "/consultations?view=all",
    "/callbacks?view=mine",
    "/callbacks?view=open",
    "/calls",
    "/archive",
    "/archive?queue=therapist",
    "/archive?q=anna",
    "/archive?tag=tag-1",
    "/archive?days=30",
    "/follow-ups?view=mine",
    "/follow-ups?view=open",
];

/// `month`: its first and last day.
fn for_supervisors(month: &(String, String)) -> Result<Vec<String>> {
    let (from, to) = month;
    let span = format!("from={from}T00:00:00Z&to={to}T00:00:00Z");
    let mut paths = of_consultations(&span)?;
    paths.extend(of_callbacks()?);
    let filters = ["", "q=anna", "q=%2B74950000007", "user=filled7", "sex=female", "days=30", "sex=male&days=30"];
    let orders = ["sort=name", "sort=newest", "sort=last_consultation", "sort=consultations"];
    paths.extend(asked::<PatientQuery>("/patients", [&filters, &orders, &[""]])?);
    paths.extend(asked::<PatientQuery>("/patients", [&["field=branch:river"], &orders, &[""]])?);
    let filters: Vec<&str> = FILTERS.into_iter().chain(HOLDINGS).chain([span.as_str()]).collect();
    paths.extend(asked::<ArchiveQuery>("/archive", [&filters, &["sort=newest", "sort=oldest"], &[""]])?);
    let actors = ["", "actor=%40staff100%3Aclinic.test", "actor=%40filled7%3Aclinic.test"];
    let actions = ["", "action=consultation.taken", "action=patient.read"];
    let others = ["", "subject=c-000000100", "from=2026-06-01T00:00:00Z"];
    paths.extend(asked::<AuditQuery>("/audit", [&actors, &actions, &others])?);
    let filters = ["", "operator=operator-0100", "patient=patient-000007", "outcome=missed"];
    paths.extend(crossed("/calls", [&filters, &[""], &[""]]));
    let filters = ["", "due=true", "due=false", "patient=patient-000007", "operator=operator-0100", "queue=therapist"];
    paths.extend(crossed("/follow-ups", [&["view=mine", "view=open", "view=ended"], &filters, &[""]]));
    paths.extend(crossed("/archive/due", [&["days=1", "days=366"], &["", "queue=therapist"], &[""]]));
    paths.extend(crossed("/holds", [&["view=active", "view=lifted"], &["", "patient=patient-000007"], &[""]]));
    let others = ["/operators", "/operators/operator-0100/status-history", "/queues", "/rules/runs"];
    paths.extend(others.map(str::to_owned));
    Ok(paths)
}

fn of_consultations(span: &str) -> Result<Vec<String>> {
    let views = ["view=waiting", "view=mine", "view=active", "view=on_hold", "view=ended", "view=all"];
    let filters: Vec<&str> = FILTERS.into_iter().chain(STANDINGS).chain([span]).collect();
    let orders = ["sort=waiting", "sort=newest", "sort=oldest", "sort=patient", "sort=sla", "sort=unanswered"];
    asked::<ConsultationQuery>("/consultations", [&views, &filters, &orders])
}

fn of_callbacks() -> Result<Vec<String>> {
    let views = ["view=waiting", "view=mine", "view=taken", "view=open", "view=ended", "view=all"];
    let filters = [
        "",
        "queue=therapist",
        "operator=operator-0101",
        "patient=patient-000007",
        "q=anna",
        "overdue=true",
        "overdue=false",
        "due=overdue",
        "due=hour",
        "outcome=answered",
        "source=app",
        "phase=taken",
    ];
    asked::<CallbackQuery>("/callbacks", [&views, &filters, &["sort=due", "sort=newest", "sort=oldest"]])
}

/// What of all combinations the list does not refuse as contradicting itself. A parameter that it does not have is an error.
fn asked<Q: ListQuery>(list: &str, parameters: [&[&str]; 3]) -> Result<Vec<String>> {
    let mut asked = Vec::new();
    for path in crossed(list, parameters) {
        let text = path.split_once('?').map_or("", |(_, text)| text);
        let query: Q = list_query::read(text).map_err(|error| anyhow!("{path}: {}: {}", error.field, error.message))?;
        if query.contradiction().is_none() {
            asked.push(path);
        }
    }
    Ok(asked)
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
        let (mut times, mut cursor, begun) = (Times::default(), None::<String>, Instant::now());
        let glue = if path.contains('?') { '&' } else { '?' };
        for _ in 0..PAGES {
            self.turn = (self.turn + 1) % self.connections.len();
            let page = cursor.as_ref().map_or_else(|| path.to_owned(), |cursor| format!("{path}{glue}cursor={cursor}"));
            let answer = self.connections[self.turn].timed(Method::GET, &api(&page), &Value::Null).await?;
            times.push(answer.time);
            cursor = answer.json()?["next_cursor"].as_str().map(str::to_owned);
            if begun.elapsed() > ENOUGH {
                break;
            }
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
    use anyhow::Result;

    use super::{crossed, for_supervisors, slowest};
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
    fn no_list_is_asked_for_what_it_refuses() -> Result<()> {
        let paths = for_supervisors(&("2026-10-01".to_owned(), "2026-10-30".to_owned()))?;
        let has = |path: &str| paths.iter().any(|known| known == path);
        assert!(has("/consultations?view=waiting&sla=breach&sort=sla"));
        assert!(!has("/consultations?view=ended&sla=breach&sort=newest"));
        assert!(!has("/consultations?view=mine&operator=operator-0100&sort=newest"));
        assert!(has("/callbacks?view=ended&outcome=answered&sort=newest"));
        assert!(!has("/callbacks?view=ended&overdue=true&sort=newest"));
        assert!(has("/archive?conclusion=false&sort=oldest"));
        assert!(has("/patients?field=branch:river&sort=consultations"));
        Ok(())
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
