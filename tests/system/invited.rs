//! A patient whom the desk makes, through both servers: nobody signs in with the account before its person has set the password, and the card is his when he has.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::clinic::Clinic;

const PASSWORD: &str = "a password that Nina chose";

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_whom_the_desk_makes_signs_in_once_his_link_was_used() {
    let clinic = Clinic::start().await;
    let system = &clinic.system;
    system.staff("petrova", "operator");
    let petrova = system.sign_in("petrova").await;
    let new = json!({ "name": "Nina Orlova", "request_id": "7b1f6a52-1111-4222-8333-444455556666" });
    let made = petrova.post("/_consilium/v1/patients", new).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (login, link) = (text(&made["invitation"]["login"]), text(&made["invitation"]["link"]));
    let secret = link.split_once('#').unwrap().1;
    let sign_in = json!({
        "type": "m.login.password", "identifier": { "type": "m.id.user", "user": login }, "password": PASSWORD,
    });
    let post = async |path: &str, body: &Value| {
        system.http().post(format!("{}{path}", system.url())).json(body).send().await.unwrap()
    };
    let early = post("/_matrix/client/v3/login", &sign_in).await;
    assert_eq!(early.status(), StatusCode::FORBIDDEN);
    let accepting = json!({ "secret": secret, "password": PASSWORD });
    let accepted = post("/_consilium/v1/public/invitations/accept", &accepting).await;
    assert_eq!(accepted.status(), StatusCode::OK);
    let again = post("/_consilium/v1/public/invitations/accept", &accepting).await;
    assert_eq!(again.status(), StatusCode::GONE);

    let signed_in = post("/_matrix/client/v3/login", &sign_in).await;
    assert_eq!(signed_in.status(), StatusCode::OK);
    let nina = system.user(&signed_in.json().await.unwrap());
    let me = nina.get("/_consilium/v1/me").await.ok();
    assert_eq!((&me["name"], &me["user_id"]), (&json!("Nina Orlova"), &made["user_id"]));
    assert_eq!(petrova.get("/_consilium/v1/patients").await.ok()["total"], 1, "one card");
}
