//! A thousand messages that were said while the other side's client was away: it reads each once and in order when it is there again, and the service counts them.
//!
//! The same with a service that was away: `appservice-consult/tests/service/thousand.rs`.

use crate::clinic::{Asked, Clinic, Person};

const MESSAGES: usize = 1_000;

/// Says a thousand things; nobody else does anything meanwhile.
async fn says(person: &Person, room: &str) -> Vec<String> {
    let mut texts = Vec::with_capacity(MESSAGES);
    for number in 1..=MESSAGES {
        let text = format!("{} says {number}", person.api.id);
        person.client.say(room, &text).await.unwrap();
        texts.push(text);
    }
    texts
}

/// What somebody who has been away reads of another, when he is there again.
async fn reads(reader: &mut Person, asked: &Asked, of: &Person, last: &str) -> Vec<String> {
    let messages = reader.reads(&asked.room, last).await;
    let of_him = messages.into_iter().filter(|message| message.sender == of.api.id);
    of_him.map(|message| message.text.expect("its key has come")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_messages_said_while_a_client_is_away_arrive_once_and_in_order() {
    let clinic = Clinic::start().await;
    let mut anna = clinic.patient("anna").await;
    let mut petrova = clinic.staff("petrova", "operator").await;
    let volkova = clinic.staff("volkova", "supervisor").await;
    let asked = clinic.ask(&mut anna, "therapist").await;
    clinic.take(&mut petrova, &asked).await;
    // So that she has seen his devices before he is away.
    anna.client.sync().await.unwrap();

    let by_anna = says(&anna, &asked.room).await;
    assert_eq!(reads(&mut petrova, &asked, &anna, &by_anna[MESSAGES - 1]).await, by_anna, "the operator was away");
    let by_petrova = says(&petrova, &asked.room).await;
    assert_eq!(reads(&mut anna, &asked, &petrova, &by_petrova[MESSAGES - 1]).await, by_petrova, "the patient was away");

    let path = format!("/_consilium/v1/consultations/{}", asked.id);
    volkova.sees(&path, "all messages are counted", |seen| seen["message_count"] == 2 * MESSAGES).await;
}
