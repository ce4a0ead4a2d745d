//! Patients whom the desk or a partner's system makes before they come: the card and the account, the link that is shown once and works once, and what the desk opens
//! for them meanwhile.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::consent;
use crate::support;

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use support::partner::Partner;
use support::receiver::Receiver;
use support::{ANNA, Answer, NEIGHBOUR, PETROVA, VOLKOVA, World, request_id};

const PASSWORD: &str = "eight letters or more";

fn nina() -> Value {
    json!({
        "name": "Nina Orlova", "birth_date": "1980-05-01", "phone": "+7 495 000-00-07", "email": "nina@example.org",
        "language": "ru", "request_id": request_id(),
    })
}

async fn make(world: &World, new: Value) -> Value {
    world.call(PETROVA, "POST", "/patients", Some(new)).await.ok()
}

fn secret_of(invitation: &Value) -> String {
    let link = invitation["link"].as_str().expect("a link that was made just now");
    link.strip_prefix("https://api.test/invitation#").expect("an address of the patients' app").to_owned()
}

fn login_of(made: &Value) -> String {
    made["invitation"]["login"].as_str().unwrap().to_owned()
}

fn path_of(made: &Value) -> String {
    format!("/patients/{}/invitation", made["id"].as_str().unwrap())
}

/// Nobody has signed in.
async fn visit(world: &World, host: &str, path: &str, body: Value) -> Answer {
    let request = Request::post(format!("/_consilium/v1/public/{path}")).header("host", host);
    let request = request.header("accept-language", "en").body(Body::from(body.to_string())).unwrap();
    let response = world.raw(request).await;
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
}

async fn open(world: &World, secret: &str) -> Answer {
    visit(world, "api.test", "invitations", json!({ "secret": secret })).await
}

async fn accept(world: &World, secret: &str, password: &str) -> Answer {
    visit(world, "api.test", "invitations/accept", json!({ "secret": secret, "password": password })).await
}

fn over(answer: &Answer, state: &str) {
    answer.problem(410, "invitation-over");
    assert_eq!(answer.body["invitation"], state, "{}", answer.body);
}

/// Accounts that the service made at the homeserver: user id, name, password.
fn accounts(world: &World) -> Vec<(String, String, Option<String>)> {
    let provided = world.homeserver.provided.lock().unwrap();
    provided.iter().map(|(user, account)| (user.clone(), account.name.clone(), account.password.clone())).collect()
}

#[tokio::test]
async fn a_patient_who_is_made_comes_by_his_link_and_has_his_card() {
    let world = World::start().await;
    let answer = world.call(PETROVA, "POST", "/patients", Some(nina())).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let made = answer.body;
    let login = login_of(&made);
    assert_eq!(made["user_id"], support::user(&login));
    assert_eq!(accounts(&world), [(support::user(&login), "Nina Orlova".to_owned(), None)]);
    let invitation = &made["invitation"];
    assert_eq!((&invitation["state"], &invitation["made_by"]), (&json!("open"), &json!("Dr Petrova")));
    assert!(invitation["qr"]["path"].as_str().unwrap().starts_with('M'));

    let secret = secret_of(invitation);
    let greeting = open(&world, &secret).await.ok();
    let told = [&greeting["name"], &greeting["login"], &greeting["language"]];
    assert_eq!(told, [&json!("Nina Orlova"), &json!(login), &json!("ru")]);
    assert!(greeting["service"].as_str().is_some_and(|name| !name.is_empty()), "{greeting}");
    let accepted = accept(&world, &secret, PASSWORD).await.ok();
    assert_eq!((&accepted["login"], &accepted["user_id"]), (&json!(login), &made["user_id"]));
    assert_eq!(accounts(&world)[0].2.as_deref(), Some(PASSWORD));

    // Whoever signs in with it has the card that the desk made.
    let me = world.get(&login, "/me").await;
    assert_eq!((&me["name"], &me["phone"]), (&json!("Nina Orlova"), &json!("+74950000007")));
    assert_eq!(world.get(PETROVA, "/patients").await["total"], 1);
    let shown = world.get(PETROVA, &path_of(&made)).await;
    assert_eq!((&shown["invitation"]["state"], &shown["renewable"]), (&json!("used"), &json!(false)));
    assert!(shown["invitation"]["link"].is_null() && shown["invitation"]["used_at"].is_string(), "{shown}");
    for (action, role) in
        [("patient.created", "operator"), ("invitation.made", "operator"), ("invitation.used", "patient")]
    {
        let entries = world.get(VOLKOVA, &format!("/audit?action={action}")).await;
        assert_eq!((&entries["total"], &entries["items"][0]["actor"]["role"]), (&json!(1), &json!(role)), "{action}");
        assert_eq!(entries["items"][0]["subject"]["id"], made["id"]);
    }
}

#[tokio::test]
async fn a_link_is_used_once_also_by_two_at_once() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let secret = secret_of(&made["invitation"]);
    let (one, other) = tokio::join!(
        accept(&world, &secret, "the password of one"),
        accept(&world, &secret, "the password of another")
    );
    let (first, second) = if one.status.is_success() { (&one, &other) } else { (&other, &one) };
    assert!(first.status.is_success(), "{} {}", one.body, other.body);
    over(second, "used");
    let standing = accounts(&world)[0].2.clone().unwrap();
    for password in ["the password of one", "the password of another"] {
        over(&accept(&world, &secret, password).await, "used");
    }
    over(&open(&world, &secret).await, "used");
    assert_eq!(accounts(&world)[0].2.as_deref(), Some(standing.as_str()), "nothing changed it");
    assert_eq!(world.get(VOLKOVA, "/audit?action=invitation.used").await["total"], 1);
}

#[tokio::test]
async fn a_link_ends_after_a_week_and_a_new_one_ends_the_former() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let first = secret_of(&made["invitation"]);
    world.pass(7 * 24 * 3_600 - 1);
    open(&world, &first).await.ok();
    world.pass(1);
    over(&open(&world, &first).await, "expired");
    over(&accept(&world, &first, PASSWORD).await, "expired");
    let shown = world.get(PETROVA, &path_of(&made)).await;
    assert_eq!((&shown["invitation"]["state"], &shown["renewable"]), (&json!("expired"), &json!(true)));

    let second = secret_of(&world.post(PETROVA, &path_of(&made), json!({})).await);
    over(&open(&world, &first).await, "taken_back");
    assert_eq!(open(&world, &second).await.ok()["language"], "ru", "he is greeted as before");
    let third = secret_of(&world.post(VOLKOVA, &path_of(&made), json!({ "language": "en" })).await);
    over(&open(&world, &second).await, "taken_back");
    assert_eq!(open(&world, &third).await.ok()["language"], "en");
    accept(&world, &third, PASSWORD).await.ok();
    world.call(PETROVA, "POST", &path_of(&made), None).await.problem(409, "conflict");
    world.call(PETROVA, "DELETE", &path_of(&made), None).await.problem(409, "conflict");
}

#[tokio::test]
async fn a_link_is_taken_back_and_another_is_given() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let first = secret_of(&made["invitation"]);
    for _ in 0..2 {
        let shown = world.call(PETROVA, "DELETE", &path_of(&made), None).await.ok();
        assert_eq!((&shown["invitation"]["state"], &shown["renewable"]), (&json!("taken_back"), &json!(true)));
    }
    assert_eq!(world.get(VOLKOVA, "/audit?action=invitation.taken_back").await["total"], 1);
    over(&accept(&world, &first, PASSWORD).await, "taken_back");
    assert_eq!(accounts(&world)[0].2, None);
    let second = secret_of(&world.post(PETROVA, &path_of(&made), json!({})).await);
    accept(&world, &second, PASSWORD).await.ok();
}

#[tokio::test]
async fn a_link_works_after_a_restart_and_lies_nowhere_on_the_disk() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let secret = secret_of(&made["invitation"]);
    let world = world.restart().await;
    assert!(!support::lies_in(&world.data_folder(), secret.as_bytes()), "a secret lies on the disk");
    accept(&world, &secret, PASSWORD).await.ok();
    assert!(!support::lies_in(&world.data_folder(), PASSWORD.as_bytes()), "a password lies on the disk");
    assert_eq!(world.get(&login_of(&made), "/me").await["name"], "Nina Orlova");
}

#[tokio::test]
async fn the_same_request_makes_one_patient_and_shows_no_link_again() {
    let world = World::start().await;
    let new = nina();
    let made = make(&world, new.clone()).await;
    let again = world.call(PETROVA, "POST", "/patients", Some(new.clone())).await;
    assert_eq!(again.status, 200, "{}", again.body);
    assert_eq!((&again.body["id"], &again.body["made"]), (&made["id"], &json!(false)));
    assert!(again.body["invitation"]["link"].is_null() && again.body["invitation"]["qr"].is_null());
    open(&world, &secret_of(&made["invitation"])).await.ok();
    // The same name of a colleague's is another request.
    let other = world.call(VOLKOVA, "POST", "/patients", Some(new)).await.ok();
    assert_ne!(other["id"], made["id"]);
    assert_eq!(accounts(&world).len(), 2);
}

#[tokio::test]
async fn an_account_whose_answer_was_lost_is_found_again_by_the_same_request() {
    let world = World::start().await;
    let new = nina();
    world.homeserver.lose_provided.store(true, Ordering::SeqCst);
    world.call(PETROVA, "POST", "/patients", Some(new.clone())).await.problem(503, "unavailable");
    assert_eq!(world.get(PETROVA, "/patients").await["total"], 0, "nothing is written down yet");
    let made_already = accounts(&world);
    assert_eq!(made_already.len(), 1);
    let world = world.restart().await;
    let made = make(&world, new).await;
    assert_eq!((&made["made"], &made["user_id"]), (&json!(true), &json!(made_already[0].0)));
    assert_eq!(accounts(&world), made_already, "no second account");
    accept(&world, &secret_of(&made["invitation"]), PASSWORD).await.ok();
}

#[tokio::test]
async fn a_password_whose_answer_was_lost_stands_and_is_taken_as_the_same() {
    let world = World::start().await;
    let (nina, olga) =
        (make(&world, nina()).await, make(&world, json!({ "name": "Olga", "request_id": request_id() })).await);
    let (one, other) = (secret_of(&nina["invitation"]), secret_of(&olga["invitation"]));
    for secret in [&one, &other] {
        world.homeserver.lose_provided.store(true, Ordering::SeqCst);
        accept(&world, secret, PASSWORD).await.problem(503, "unavailable");
    }
    let world = world.restart().await;
    accept(&world, &one, PASSWORD).await.ok();
    // Who has another password was too late, and from then on it is written down.
    over(&accept(&world, &other, "somebody else's password").await, "used");
    over(&open(&world, &other).await, "used");
    assert!(accounts(&world).iter().all(|(_, _, password)| password.as_deref() == Some(PASSWORD)));
}

#[tokio::test]
async fn a_homeserver_that_is_away_makes_nobody() {
    let world = World::start().await;
    world.get(PETROVA, "/me").await;
    let new = nina();
    world.homeserver.is_down.store(true, Ordering::SeqCst);
    world.call(PETROVA, "POST", "/patients", Some(new.clone())).await.problem(503, "unavailable");
    world.homeserver.is_down.store(false, Ordering::SeqCst);
    assert_eq!(make(&world, new).await["made"], true);
}

#[tokio::test]
async fn a_link_leads_to_its_own_tenant_alone() {
    let world = World::start_with_neighbour().await;
    let made = make(&world, nina()).await;
    let secret = secret_of(&made["invitation"]);
    let body = json!({ "secret": secret });
    visit(&world, NEIGHBOUR, "invitations", body).await.problem(404, "not-found");
    let body = json!({ "secret": secret, "password": PASSWORD });
    visit(&world, NEIGHBOUR, "invitations/accept", body).await.problem(404, "not-found");
    for method in ["GET", "POST", "DELETE"] {
        world.call_neighbour(PETROVA, method, &path_of(&made), None).await.problem(404, "not-found");
    }
    accept(&world, &secret, PASSWORD).await.ok();
}

#[tokio::test]
async fn what_is_no_link_is_answered_alike_and_not_often() {
    let world = World::start().await;
    let mut answers = Vec::new();
    for secret in ["", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"] {
        let answer = open(&world, secret).await;
        answer.problem(404, "not-found");
        answers.push(answer.body);
        accept(&world, secret, PASSWORD).await.problem(404, "not-found");
    }
    assert!(answers.windows(2).all(|two| two[0] == two[1]), "{answers:?}");
    let mut refused = None;
    for _ in 0..40 {
        let answer = open(&world, "nonsense").await;
        if answer.status != 404 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.unwrap();
    refused.problem(429, "rate-limited");
    assert!(refused.body["retry_after_ms"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_is_made() {
    let world = World::start().await;
    for (field, value) in [
        ("name", json!(" ")),
        ("phone", json!("call me")),
        ("email", json!("nowhere")),
        ("birth_date", json!("2090-01-01")),
        ("language", json!("fr")),
        ("external_id", json!("x".repeat(101))),
    ] {
        let mut new = nina();
        new[field] = value;
        let refused = world.call(PETROVA, "POST", "/patients", Some(new)).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], field, "{}", refused.body);
    }
    for body in [json!({ "name": "Nina" }), json!({ "request_id": request_id() }), json!({ "name": "N", "note": "n" })]
    {
        world.call(PETROVA, "POST", "/patients", Some(body)).await.problem(422, "invalid");
    }
    assert!(accounts(&world).is_empty());
    let made = make(&world, nina()).await;
    let secret = secret_of(&made["invitation"]);
    for password in ["", "short", &"x".repeat(1_025)] {
        let refused = accept(&world, &secret, password).await;
        refused.problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["field"], "password");
    }
    let refused = world.call(PETROVA, "POST", &path_of(&made), Some(json!({ "language": "fr" }))).await;
    refused.problem(422, "invalid");
    open(&world, &secret).await.ok();
}

#[tokio::test]
async fn who_came_by_himself_and_who_is_not_there_has_no_invitation() {
    let world = World::start().await;
    world.get(ANNA, "/me").await;
    let anna = world.get(PETROVA, "/patients?user=anna").await["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/patients/{anna}/invitation");
    assert_eq!(world.get(PETROVA, &path).await, json!({ "invitation": null, "renewable": false }));
    for path in [path.as_str(), "/patients/nobody/invitation"] {
        world.call(PETROVA, "POST", path, None).await.problem(404, "not-found");
        world.call(PETROVA, "DELETE", path, None).await.problem(404, "not-found");
    }
    world.call(PETROVA, "GET", "/patients/nobody/invitation", None).await.problem(404, "not-found");
    world.call(ANNA, "POST", "/patients", Some(nina())).await.problem(403, "forbidden");
    world.call(ANNA, "POST", "/patients/check", Some(json!({ "name": "Nina" }))).await.problem(403, "forbidden");
}

#[tokio::test]
async fn an_account_that_is_deleted_takes_its_link_along() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let secret = secret_of(&made["invitation"]);
    let path = format!("/patients/{}/deletion", made["id"].as_str().unwrap());
    world.post(VOLKOVA, &path, json!({ "confirm": "delete", "reason": "Made by mistake" })).await;
    over(&open(&world, &secret).await, "taken_back");
    over(&accept(&world, &secret, PASSWORD).await, "taken_back");
    world.settle().await;
    assert_eq!(world.get(PETROVA, &path_of(&made)).await["invitation"], Value::Null);
    world.call(PETROVA, "POST", &path_of(&made), None).await.problem(404, "not-found");
}

#[tokio::test]
async fn who_looks_like_somebody_is_shown_before_he_is_made() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let check = async |body: Value| {
        let found = world.post(PETROVA, "/patients/check", body).await;
        let duplicates = found["duplicates"].as_array().unwrap().clone();
        assert!(duplicates.iter().all(|one| one["patient"]["id"] == made["id"]), "{duplicates:?}");
        duplicates.first().map(|one| one["because"].clone())
    };
    assert_eq!(check(json!({ "name": "Somebody", "phone": "8 (495) 000-00-00" })).await, None);
    assert_eq!(check(json!({ "name": "Somebody", "phone": "+7 (495) 000-00-07" })).await, Some(json!(["phone"])));
    assert_eq!(check(json!({ "name": "Somebody", "email": "NINA@example.org" })).await, Some(json!(["email"])));
    assert_eq!(check(json!({ "name": "nina  orlova" })).await, Some(json!(["name"])));
    let both = json!({ "name": "Nina Orlova", "birth_date": "1980-05-01", "email": "nina@example.org" });
    assert_eq!(check(both).await, Some(json!(["email", "name_and_birth_date"])));
    assert_eq!(check(json!({ "name": "Nina Orlova", "birth_date": "1981-05-01" })).await, None);
    let refused = world.call(PETROVA, "POST", "/patients/check", Some(json!({ "name": "N", "phone": "x" }))).await;
    refused.problem(422, "invalid");
}

#[tokio::test]
async fn a_partners_system_makes_a_patient_once_for_each_number_of_its_own() {
    let world = World::start().await;
    let crm = Partner::with(&world, "CRM", &["patients:invite"]).await;
    let new = || json!({ "name": "Nina Orlova", "external_id": "crm-7", "request_id": request_id() });
    let first = crm.call("POST", "/patients", Some(new())).await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(first.body["invitation"]["made_by"], "CRM");
    let secret = secret_of(&first.body["invitation"]);
    let again = crm.call("POST", "/patients", Some(new())).await;
    assert_eq!((again.status.as_u16(), &again.body["id"]), (200, &first.body["id"]), "{}", again.body);
    assert!(again.body["invitation"]["link"].is_null());
    // Staff is told that it is somebody's number.
    world.call(PETROVA, "POST", "/patients", Some(new())).await.problem(409, "conflict");
    let path = path_of(&first.body);
    let renewed = secret_of(&crm.call("POST", &path, None).await.ok());
    over(&open(&world, &secret).await, "taken_back");
    accept(&world, &renewed, PASSWORD).await.ok();
    assert_eq!(crm.get(&path).await["invitation"]["state"], "used");
    crm.call("GET", "/patients", None).await.problem(403, "forbidden");
    let acts = crm.acts().await;
    let actions: Vec<_> = acts.iter().map(|act| act["action"].as_str().unwrap()).collect();
    assert_eq!(actions.iter().filter(|action| **action == "invitation.made").count(), 2, "{actions:?}");

    let writes = Partner::with(&world, "Feed", &["patients:read", "patients:write"]).await;
    writes.call("POST", "/patients", Some(new())).await.problem(403, "forbidden");
    writes.call("GET", &path, None).await.problem(403, "forbidden");
}

#[tokio::test]
async fn partners_systems_are_told_of_who_is_new_however_he_came() {
    let (world, receiver) = (World::start().await, Receiver::start().await);
    crate::webhook::endpoint(&world, &receiver, "/crm", &["patient.created"]).await;
    let made = make(&world, nina()).await;
    world.told().await;
    world.get(ANNA, "/me").await;
    world.told().await;
    let came = receiver.came();
    let by: Vec<_> = came.iter().map(|one| (one.kind(), one.body["data"]["created_by"].as_str().unwrap())).collect();
    assert_eq!(by, [("patient.created", "operator"), ("patient.created", "patient")]);
    assert_eq!(came[0].body["data"]["patient_id"], made["id"]);
    assert!(!came[0].body.to_string().contains("Nina"), "{}", came[0].body);
}

#[tokio::test]
async fn the_desk_opens_a_consultation_and_a_call_back_for_who_asked_by_telephone() {
    let world = World::start().await;
    let made = make(&world, nina()).await;
    let (id, login) = (made["id"].as_str().unwrap(), login_of(&made));
    let general = json!({ "queue_id": "general" });
    let opened = world.call(PETROVA, "POST", &format!("/patients/{id}/consultations"), Some(general.clone())).await;
    assert_eq!(opened.status, 201, "{}", opened.body);
    world.call(VOLKOVA, "POST", &format!("/patients/{id}/consultations"), Some(general)).await.problem(409, "conflict");
    let order = json!({ "queue_id": "general", "reason": "Tooth pain" });
    let ordered = world.call(VOLKOVA, "POST", &format!("/patients/{id}/callbacks"), Some(order)).await.ok();
    assert_eq!(ordered["source"], "desk");
    world.settle().await;
    let detail = world.get(PETROVA, &format!("/callbacks/{}", ordered["id"].as_str().unwrap())).await;
    assert_eq!((&detail["phone"], &detail["reason"]), (&json!("+74950000007"), &json!("Tooth pain")));
    assert_eq!(detail["history"][0]["actor"], json!({ "kind": "operator", "name": "Ms Volkova" }));
    // He sees both as his own once he has come.
    accept(&world, &secret_of(&made["invitation"]), PASSWORD).await.ok();
    assert_eq!(world.get(&login, "/consultations").await["items"][0]["id"], opened.body["id"]);
    assert_eq!(world.get(&login, "/callbacks").await["items"][0]["id"], ordered["id"]);
    for what in ["consultations", "callbacks"] {
        let path = format!("/patients/nobody/{what}");
        let body = json!({ "queue_id": "general" });
        world.call(PETROVA, "POST", &path, Some(body)).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn the_desk_agrees_to_nothing_in_a_patients_name() {
    let world = World::start_as(consent::asks).await;
    let made = make(&world, nina()).await;
    let id = made["id"].as_str().unwrap();
    for what in ["consultations", "callbacks"] {
        let path = format!("/patients/{id}/{what}");
        let refused = world.call(PETROVA, "POST", &path, Some(json!({ "queue_id": "general" }))).await;
        refused.problem(409, "consents-missing");
    }
    assert_eq!(world.get(PETROVA, "/consultations").await["total"], 0);
}
