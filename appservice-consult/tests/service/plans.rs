//! No list walks through a large table or sorts one: how the database carries out what each list asks, by each filter in each order, where it knows of its tables
//! what it would know on a desk of a million consultations. How long that takes is measured by `tests/load`.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use consilium_consult::api::types::{ArchiveQuery, AuditQuery, CallbackQuery, ConsultationQuery};
use consilium_consult::list_query::{self, ListQuery};
use consilium_consult::store::Plan;
use rusqlite::Connection;
use serde_json::json;
use support::{ANNA, PETROVA, VOLKOVA, World};

/// Tables that grow with the work of a desk.
const LARGE: [&str; 11] = [
    "audit",
    "call",
    "callback",
    "conclusion",
    "consultation",
    "consultation_field",
    "consultation_history",
    "consultation_tag",
    "follow_up",
    "participant",
    "rating",
];
/// What leaves so few rows that they may be sorted: what is open, what one person has to do with, what names a few.
const FEW: [&str; 12] = [
    "view=waiting",
    "view=mine",
    "view=active",
    "view=on_hold",
    "view=taken",
    "view=open",
    "operator=",
    "patient=",
    "q=",
    "tag=",
    "field=",
    "overdue=true",
];
/// The same in the archive.
const FEW_SEALED: [&str; 2] = ["stars_max=", "held=true"];
const MONTH: &str = "from=2023-10-01T00:00:00Z&to=2023-11-01T00:00:00Z";

/// Lets the service's database plan as on a large desk.
fn learn(world: &World) {
    let database = Connection::open(world.data_folder().join("consult.db")).unwrap();
    database.execute_batch("ANALYZE consultation_count").unwrap();
    database.execute_batch(include_str!("plans/statistics.sql")).unwrap();
    // A change of the schema makes every connection read both anew.
    database.execute_batch("CREATE TABLE known (x TEXT); DROP TABLE known").unwrap();
}

/// What is wrong with how a page or its count is found.
fn faults(path: &str, plan: &Plan) -> Vec<String> {
    if !plan.statement.contains(" LIMIT ") {
        return Vec::new();
    }
    let sorts_few = FEW.iter().chain(&FEW_SEALED).any(|part| path.contains(part));
    let is_large = |rest: &str| rest.split(' ').next().is_some_and(|table| LARGE.contains(&table));
    let is_wrong = |step: &&String| {
        let walks = step.strip_prefix("SCAN ").is_some_and(is_large) && !step.contains(" USING ");
        let reads_all = step.strip_prefix("BLOOM FILTER ON ").is_some_and(is_large);
        let sorts = step.starts_with("USE TEMP B-TREE FOR") && step.ends_with("ORDER BY") && !sorts_few;
        walks || reads_all || sorts
    };
    plan.steps.iter().filter(is_wrong).map(|step| format!("{path}: {step}: {}", plan.statement)).collect()
}

/// A list with each of the first and each of the second that it does not refuse together.
fn asked<Q: ListQuery>(list: &str, first: &[&str], second: &[&str]) -> Vec<String> {
    let mut paths = Vec::new();
    for one in first {
        for two in second {
            let text = [*one, *two].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
            let query: Q = list_query::read(&text).unwrap();
            if query.contradiction().is_none() {
                paths.push(format!("{list}?{text}"));
            }
        }
    }
    paths
}

fn of_consultations(anna: &str, petrova: &str) -> Vec<String> {
    let (patient, lead) = (format!("patient={anna}"), format!("operator={petrova}"));
    let (of_queue, of_person) = (format!("queue=general&{lead}"), format!("{patient}&person=self"));
    let filters = [
        "",
        "queue=general",
        lead.as_str(),
        of_queue.as_str(),
        patient.as_str(),
        of_person.as_str(),
        "q=%D0%B0%D0%BD%D0%BD%D0%B0",
        "tag=t",
        "field=occasion:first",
        "phase=archived",
        "phase=cancelled",
        "queue=general&phase=abandoned",
        MONTH,
        "urgent=true",
        "red_flag=false",
        "sla=breach",
        "unanswered=false",
        "language=en",
    ];
    let orders = ["sort=waiting", "sort=newest", "sort=oldest", "sort=patient", "sort=sla", "sort=unanswered"];
    let views = ["view=waiting", "view=active", "view=on_hold", "view=ended", "view=all"];
    let narrowed = views.iter().flat_map(|view| {
        filters.map(|filter| if filter.is_empty() { (*view).to_owned() } else { format!("{view}&{filter}") })
    });
    let narrowed: Vec<String> = narrowed.collect();
    asked::<ConsultationQuery>("/consultations", &narrowed.iter().map(String::as_str).collect::<Vec<_>>(), &orders)
}

fn of_the_archive(anna: &str, petrova: &str) -> Vec<String> {
    let (patient, part) = (format!("patient={anna}"), format!("operator={petrova}"));
    let (files, both) = (format!("{patient}&files=true"), format!("queue=general&{part}"));
    let filters = [
        "",
        "queue=general",
        part.as_str(),
        both.as_str(),
        patient.as_str(),
        files.as_str(),
        "tag=t",
        "field=occasion:first",
        "days=30",
        MONTH,
        "stars_max=2",
        "conclusion=true",
        "conclusion=false",
        "queue=general&conclusion=true",
        "held=true",
        "held=false",
    ];
    asked::<ArchiveQuery>("/archive", &filters, &["sort=newest", "sort=oldest"])
}

fn of_callbacks(anna: &str, petrova: &str) -> Vec<String> {
    let (patient, hands) = (format!("patient={anna}"), format!("operator={petrova}"));
    let filters = [
        "",
        "queue=general",
        hands.as_str(),
        patient.as_str(),
        "overdue=false",
        "overdue=true",
        "due=hour",
        "outcome=answered",
        "source=app",
        "phase=cancelled",
    ];
    let views = ["view=waiting", "view=taken", "view=open", "view=ended", "view=all"];
    let narrowed = views.iter().flat_map(|view| {
        filters.map(|filter| if filter.is_empty() { (*view).to_owned() } else { format!("{view}&{filter}") })
    });
    let narrowed: Vec<String> = narrowed.collect();
    let narrowed: Vec<&str> = narrowed.iter().map(String::as_str).collect();
    asked::<CallbackQuery>("/callbacks", &narrowed, &["sort=due", "sort=newest", "sort=oldest"])
}

fn of_the_rest(anna: &str, petrova: &str) -> Vec<String> {
    let actors = ["", "actor=%40petrova%3Ahs.test"];
    let others = ["", "action=consultation.taken", "subject=c", "from=2023-11-01T00:00:00Z"];
    let mut paths = asked::<AuditQuery>("/audit", &actors, &others);
    paths.extend(["/calls".to_owned(), "/calls?outcome=missed".to_owned()]);
    paths.extend([format!("/calls?patient={anna}"), format!("/calls?operator={petrova}")]);
    for filter in ["", "&due=true", "&due=false", "&queue=general", &format!("&operator={petrova}")] {
        paths.extend(["open", "ended"].map(|view| format!("/follow-ups?view={view}{filter}")));
    }
    paths.extend(["/archive/due?days=30", "/archive/due?days=30&queue=general"].map(str::to_owned));
    paths.extend(["/holds?view=active", "/holds?view=lifted", "/rules/runs"].map(str::to_owned));
    paths
}

#[tokio::test]
async fn no_list_walks_or_sorts_a_large_table() {
    let world = World::start().await;
    world.talk(ANNA, PETROVA).await;
    let anna = world.get(VOLKOVA, "/patients").await["items"][0]["id"].as_str().unwrap().to_owned();
    let petrova = world.get(PETROVA, "/me").await["operator"]["id"].as_str().unwrap().to_owned();
    learn(&world);
    let plans = world.consult.tenant("clinic").unwrap().store.plans();
    let of_supervisors = [
        of_consultations(&anna, &petrova),
        of_the_archive(&anna, &petrova),
        of_callbacks(&anna, &petrova),
        of_the_rest(&anna, &petrova),
    ];
    let mut wrong = Vec::new();
    let mut seen = 0;
    for path in of_supervisors.iter().flatten() {
        // So many requests in one moment are refused.
        world.pass(1);
        world.get(VOLKOVA, path).await;
        let told: Vec<Plan> = plans.try_iter().collect();
        seen += told.len();
        wrong.extend(told.iter().flat_map(|plan| faults(path, plan)));
    }
    assert!(seen > of_supervisors.iter().flatten().count(), "each list asks more than once: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_total_that_nothing_keeps_is_counted_up_to_a_bound() {
    let world = World::start().await;
    let database = Connection::open(world.data_folder().join("consult.db")).unwrap();
    for (action, first, last) in [("one-more", 100_000, 110_000), ("as-many", 200_000, 209_999)] {
        let filled = format!(
            "INSERT INTO audit (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
             WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
             SELECT i, 1, '@filled:x', 'system', '{action}', 'filled', 'f', '{{}}', printf('%064x', i) FROM n"
        );
        database.execute_batch(&filled).unwrap();
    }
    let page = world.get(VOLKOVA, "/audit?action=one-more&limit=1").await;
    assert_eq!((&page["total"], &page["at_least"]), (&json!(10_000), &json!(true)));
    assert_eq!(page["items"][0]["sequence"], 110_000, "and the list goes on to its end");
    let page = world.get(VOLKOVA, "/audit?action=as-many&limit=1").await;
    assert_eq!((&page["total"], page.get("at_least")), (&json!(10_000), None), "exactly so many");
}

#[tokio::test]
async fn nor_does_a_list_of_what_one_operator_sees() {
    let world = World::start().await;
    world.talk(ANNA, PETROVA).await;
    learn(&world);
    let plans = world.consult.tenant("clinic").unwrap().store.plans();
    let mut wrong = Vec::new();
    for path in [
        "/consultations?view=mine",
        "/consultations?view=waiting",
        "/consultations?view=active&sort=unanswered",
        "/consultations?view=ended&sort=newest",
        "/consultations?view=ended&queue=general",
        "/consultations?view=all",
        "/callbacks?view=open",
        "/callbacks?view=ended",
        "/archive",
        "/archive?queue=general",
        "/archive?days=30",
        "/follow-ups?view=mine",
    ] {
        world.get(PETROVA, path).await;
        // His own are few.
        wrong.extend(plans.try_iter().flat_map(|plan| faults(&format!("{path} operator="), &plan)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
