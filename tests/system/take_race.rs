//! Two operators press take at the same instant: exactly one has it, the other is told who, and nothing is lost or doubled.

use std::collections::{BTreeMap, BTreeSet};

use consilium_harness::User;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::clinic::{Clinic, question};

const CONSULTATIONS: usize = 100;
/// Patients who come in at once.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_press_take_at_once_exactly_one_has_it_a_hundred_times() {
    let clinic = Clinic::start().await;
    let mut operators = Vec::new();
    for name in ["petrova", "sokolov"] {
        clinic.system.staff(name, "operator");
        operators.push(clinic.system.sign_in(name).await);
    }
    clinic.system.staff("volkova", "supervisor");
    let supervisor = clinic.system.sign_in("volkova").await;
    let asked: Vec<String> =
        stream::iter(0..CONSULTATIONS).map(|number| ask(&clinic, number)).buffer_unordered(AT_ONCE).collect().await;
    let mut winners = BTreeMap::new();
    for id in &asked {
        winners.insert(id.clone(), press_at_once(&clinic, &operators, id).await);
    }
    look(&supervisor, &winners).await;
    // It is so on disk, not only in this process.
    clinic.system.kill();
    clinic.system.launch().await;
    look(&supervisor, &winners).await;
}

/// A new patient asks for a consultation; its id.
async fn ask(clinic: &Clinic, number: usize) -> String {
    let account = json!({
        "username": format!("patient{number}"), "password": "p", "auth": { "type": "m.login.dummy" },
    });
    let url = format!("{}/_matrix/client/v3/register", clinic.system.url());
    let signed_in: Value = clinic.system.http().post(url).json(&account).send().await.unwrap().json().await.unwrap();
    let patient = clinic.system.user(&signed_in);
    patient.agree().await;
    let asked = patient.post("/_consilium/v1/consultations", question("therapist")).await.ok();
    asked["id"].as_str().unwrap().to_owned()
}

/// Both requests are on the wire but for their last byte; then that byte follows, one right after the other. Gives the winner's id.
async fn press_at_once(clinic: &Clinic, operators: &[User], id: &str) -> String {
    let mut lines = Vec::new();
    for operator in operators {
        let mut line = TcpStream::connect(clinic.system.address()).await.unwrap();
        line.set_nodelay(true).unwrap();
        let head = format!(
            "POST /_consilium/v1/consultations/{id}/take HTTP/1.1\r\nhost: clinic.test\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{",
            operator.token
        );
        line.write_all(head.as_bytes()).await.unwrap();
        lines.push(line);
    }
    for line in &mut lines {
        line.write_all(b"}").await.unwrap();
    }
    let mut answers = Vec::new();
    for line in &mut lines {
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status: u16 = head[9..12].parse().unwrap();
        answers.push((status, head.to_ascii_lowercase(), serde_json::from_str::<Value>(body).unwrap()));
    }
    answers.sort_by_key(|(status, ..)| *status);
    let [(200, _, won), (409, head, lost)] = answers.as_slice() else { panic!("one wins and one loses: {answers:?}") };
    assert!(head.contains("content-type: application/problem+json"), "{head}");
    assert_eq!(lost["type"], "urn:consilium:problem:taken");
    let winner = &won["participants"][0]["operator_id"];
    assert_eq!(lost["taken_by"]["id"], *winner, "the other is told who: {lost}");
    assert!(lost["detail"].as_str().unwrap().contains(lost["taken_by"]["name"].as_str().unwrap()), "{lost}");
    winner.as_str().unwrap().to_owned()
}

/// Each consultation is there once, with the one who won it, and one assignment was written down for each.
async fn look(supervisor: &User, winners: &BTreeMap<String, String>) {
    let all = supervisor.get("/_consilium/v1/consultations?view=all&limit=200").await.ok();
    let items = all["items"].as_array().unwrap();
    assert_eq!((&all["total"], items.len()), (&json!(CONSULTATIONS), CONSULTATIONS));
    let mut found = BTreeMap::new();
    for item in items {
        assert_eq!(item["phase"], "active", "{item}");
        let participants = item["participants"].as_array().unwrap();
        let leads: Vec<&Value> = participants.iter().map(|participant| &participant["operator_id"]).collect();
        assert_eq!(leads.len(), 1, "{item}");
        found.insert(item["id"].as_str().unwrap().to_owned(), leads[0].as_str().unwrap().to_owned());
    }
    assert_eq!(&found, winners);
    let taken = supervisor.get("/_consilium/v1/audit?action=consultation.taken&limit=200").await.ok();
    let subjects: BTreeSet<&str> =
        taken["items"].as_array().unwrap().iter().map(|entry| entry["subject"]["id"].as_str().unwrap()).collect();
    assert_eq!((&taken["total"], subjects.len()), (&json!(CONSULTATIONS), CONSULTATIONS), "{taken}");
}
