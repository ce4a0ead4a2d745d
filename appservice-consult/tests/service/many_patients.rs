//! Patients narrowed by what their cards say, where those that are meant are too many to be sorted at once: each stands on one page, in the order that was asked for.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;

use std::cmp::Reverse;

use consilium_consult::tenant_key::{Place, TenantKey};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use support::{PETROVA, SERVER, VOLKOVA, World};

/// More women than are looked up at once, and more who came in the last days; fewer men.
const PATIENTS: i64 = 4_600;
const DAY_MS: i64 = 86_400_000;

/// A card as it is written down here.
#[derive(Clone)]
struct Patient {
    id: String,
    name: String,
    is_woman: bool,
    created_at: i64,
    consultations: i64,
    last_at: i64,
}

fn patient(number: i64, now: i64) -> Patient {
    let consultations = number % 4;
    Patient {
        id: format!("patient-{number:06}"),
        // Each name stands for several, so that the id tells them apart.
        name: format!("name {:03}", (number * 37) % 500),
        is_woman: number % 5 != 0,
        created_at: 1_000 + number % 90,
        consultations,
        last_at: if consultations == 0 { 0 } else { now - (number % 50) * DAY_MS },
    }
}

/// A desk that knows them all, and what is known of them.
async fn desk() -> (World, Vec<Patient>) {
    let world = World::start().await;
    let (key, context) = (TenantKey::derive(&[7; 32], SERVER), world.context());
    let patients: Vec<Patient> = (0..PATIENTS).map(|number| patient(number, world.now_ms())).collect();
    let mut database = Connection::open(world.data_folder().join("consult.db")).unwrap();
    let writing = database.transaction().unwrap();
    for one in &patients {
        let card = json!({ "name": one.name, "sex": if one.is_woman { "female" } else { "male" } }).to_string();
        let card = key.seal(&context, Place { table: "patient", column: "card", row: &one.id }, card.as_bytes());
        let sql = "INSERT INTO patient (id, user_id, created_at, card, consultations, last_consultation_at) VALUES (?, ?, ?, ?, ?, ?)";
        let user = format!("@{}:{SERVER}", one.id);
        writing.execute(sql, params![one.id, user, one.created_at, card, one.consultations, one.last_at]).unwrap();
    }
    writing.commit().unwrap();
    drop(database);
    (world.restart().await, patients)
}

/// The ids of a whole list, and what it says how many there are.
async fn listed(world: &World, who: &str, query: &str) -> (Vec<String>, Value) {
    let (mut ids, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.get(who, &format!("/patients?{query}&limit=200{cursor}")).await;
        ids.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return (ids, json!([page["total"], page["at_least"]])),
        }
    }
}

fn ids(patients: &[Patient]) -> Vec<String> {
    patients.iter().map(|one| one.id.clone()).collect()
}

/// Whether a patient is meant, who came since then.
type Meant = fn(&Patient, i64) -> bool;
type InOrder = fn(&mut [Patient]);

#[tokio::test]
async fn many_and_few_that_are_meant_stand_in_the_same_orders() {
    let (world, all) = desk().await;
    let filters: [(&str, Meant); 4] = [
        ("sex=female", |one, _| one.is_woman),
        ("sex=male", |one, _| !one.is_woman),
        ("days=30&sex=female", |one, since| one.is_woman && one.last_at >= since),
        ("days=30", |one, since| one.last_at >= since),
    ];
    let orders: [(&str, InOrder); 4] = [
        ("name", |all| all.sort_by_key(|one| (one.name.clone(), one.id.clone()))),
        ("newest", |all| all.sort_by_key(|one| Reverse((one.created_at, one.id.clone())))),
        ("last_consultation", |all| all.sort_by_key(|one| Reverse((one.last_at, one.id.clone())))),
        ("consultations", |all| all.sort_by_key(|one| Reverse((one.consultations, one.id.clone())))),
    ];
    for (filter, is_meant) in filters {
        for (sort, in_order) in orders {
            // So many requests in one moment are refused.
            world.pass(1);
            let since = world.now_ms() - 30 * DAY_MS;
            let mut meant: Vec<Patient> = all.iter().filter(|one| is_meant(one, since)).cloned().collect();
            in_order(&mut meant);
            let (found, total) = listed(&world, VOLKOVA, &format!("{filter}&sort={sort}")).await;
            assert_eq!(found, ids(&meant), "{filter} {sort}");
            assert_eq!(total, json!([meant.len(), null]), "{filter} {sort}");
        }
    }
}

#[tokio::test]
async fn who_sees_none_of_their_consultations_has_them_in_an_order_that_says_nothing_of_those() {
    let (world, all) = desk().await;
    let mut women: Vec<Patient> = all.into_iter().filter(|one| one.is_woman).collect();
    women.sort_by_key(|one| Reverse(one.id.clone()));
    for sort in ["last_consultation", "consultations"] {
        let (found, total) = listed(&world, PETROVA, &format!("sex=female&sort={sort}")).await;
        assert_eq!((found, total), (ids(&women), json!([women.len(), null])), "{sort}");
    }
    assert_eq!(listed(&world, PETROVA, "sex=female&days=30").await.0, [] as [String; 0]);
}
