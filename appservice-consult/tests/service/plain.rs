//! Plain replies over the homeserver's transactions: a patient at another Matrix client chooses, agrees, answers, asks, follows, ends and rates.
#![expect(clippy::unwrap_used, reason = "tests")]

use crate::support;
use crate::{consent, questionnaire};

use consilium_config::Brand;
use consilium_config::brand::ConclusionNeed;
use serde_json::{Value, json};
use support::member::KEEPER;
use support::{ANNA, PETROVA, VOLKOVA, World, lies_in, user};

/// A patient at another client, at the desk's room.
pub struct Bare {
    who: &'static str,
    /// The desk's room.
    pub desk: String,
}

impl Bare {
    /// Asks the keeper into an encrypted room, and reads its first words.
    pub async fn comes(world: &World, who: &'static str) -> Self {
        let desk = world.homeserver.room_of(&user(who), KEEPER);
        world.homeserver.encrypt(&desk, &user(who));
        world.settle().await;
        assert_eq!(world.homeserver.membership(&desk, KEEPER).as_deref(), Some("join"));
        Self { who, desk }
    }

    /// Writes in a room; returns what is said there then.
    pub async fn says_in(&self, world: &World, room: &str, text: &str) -> Vec<String> {
        let before = bodies(world, room).len();
        world.say(self.who, room, text).await;
        world.settle().await;
        bodies(world, room).split_off(before)
    }

    /// Writes at the desk; returns what is said there then, as one text.
    pub async fn says(&self, world: &World, text: &str) -> String {
        self.says_in(world, &self.desk, text).await.join("\n---\n")
    }

    /// Chooses a service that asks nothing, and comes into its conversation. Returns the room.
    pub async fn chooses(&self, world: &World, service: &str) -> String {
        let said = self.says(world, service).await;
        assert!(said.contains("https://matrix.to/#/"), "{said}");
        let conversations = world.get(self.who, "/conversations").await["conversations"].clone();
        let room = |one: &Value| one["room_id"].as_str().unwrap().to_owned();
        let mut rooms = conversations.as_array().unwrap().iter().map(room).filter(|room| said.contains(room.as_str()));
        let room = rooms.next_back().unwrap();
        world.homeserver.come_in(&room, &user(self.who));
        world.settle().await;
        room
    }
}

pub fn bodies(world: &World, room: &str) -> Vec<String> {
    let said = world.member.said_in(room);
    said.iter().map(|content| content["body"].as_str().unwrap().to_owned()).collect()
}

async fn waiting(world: &World) -> Vec<Value> {
    world.get(VOLKOVA, "/consultations?view=waiting").await["items"].as_array().unwrap().clone()
}

async fn one(world: &World, asked: &Value) -> Value {
    world.get(VOLKOVA, &format!("/consultations/{}", asked["id"].as_str().unwrap())).await
}

async fn take(world: &World, asked: &Value) {
    world.post(PETROVA, &format!("/consultations/{}/take", asked["id"].as_str().unwrap()), json!({})).await;
    world.settle().await;
}

fn has(said: &[String], part: &str) -> bool {
    said.iter().any(|text| text.contains(part))
}

#[tokio::test]
async fn a_patient_starts_follows_ends_and_rates_a_consultation_by_plain_replies() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    let first = bodies(&world, &anna.desk).join("\n");
    assert!(first.contains("Test clinic") && first.contains("Call 112.") && first.contains("«русский»"), "{first}");
    assert!(first.contains("1. General practitioner") && first.contains("1500 RUB"), "{first}");
    let room = anna.chooses(&world, "1").await;
    assert!(waiting(&world).await.is_empty(), "nothing has begun before the question");
    let told = anna.says_in(&world, &room, "My knee hurts").await;
    assert!(has(&told, "Your place in line: 1."), "{told:?}");
    let asked = waiting(&world).await[0].clone();
    assert_eq!((&asked["queue"]["id"], &asked["message_count"]), (&json!("general"), &json!(1)));
    assert!(has(&anna.says_in(&world, &room, "queue").await, "Your place in line: 1."));
    take(&world, &asked).await;
    assert!(has(&anna.says_in(&world, &room, "Queue.").await, "Dr Petrova is with you."));
    assert!(anna.says_in(&world, &room, "Is it close to the bone? Should I cancel my run?").await.is_empty());
    let ended = anna.says_in(&world, &room, "close").await;
    assert!(has(&ended, "is closed") && has(&ended, "from 1 (bad) to 5"), "{ended:?}");
    let rated = anna.says_in(&world, &room, "5").await;
    assert_eq!(rated, ["Thank you for telling us!"]);
    let after = one(&world, &asked).await;
    assert_eq!((&after["phase"], &after["message_count"]), (&json!("archived"), &json!(2)));
    assert_eq!(after["rating"]["stars"], 5);
    let record = world.get(VOLKOVA, &format!("/archive/{}", asked["id"].as_str().unwrap())).await;
    let entries = record["transcript"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "text");
    let said: Vec<&Value> = entries.map(|entry| &entry["body"]).collect();
    assert_eq!(said, ["My knee hurts", "Is it close to the bone? Should I cancel my run?"]);
}

#[tokio::test]
async fn what_waits_is_withdrawn_by_a_word_in_either_room_and_language() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    for (word, at_desk) in [("cancel", true), ("отмена", false), ("close", false)] {
        let room = anna.chooses(&world, "General practitioner").await;
        anna.says_in(&world, &room, "It hurts").await;
        let asked = waiting(&world).await[0].clone();
        let said = anna.says_in(&world, if at_desk { &anna.desk } else { &room }, word).await;
        assert!(!said.is_empty(), "{word}");
        assert_eq!(one(&world, &asked).await["phase"], "cancelled", "{word}");
        assert!(waiting(&world).await.is_empty());
        // What is said next is said after the end, also by a clock that stands.
        world.pass(60);
    }
}

#[tokio::test]
async fn consents_are_given_by_yes_with_the_evidence_of_an_app() {
    let world = World::start_as(consent::asks).await;
    let anna = Bare::comes(&world, ANNA).await;
    let first = anna.says(&world, "1").await;
    assert!(first.contains("I agree to be advised") && first.contains("https://api.test"), "{first}");
    assert!(anna.says(&world, "what is that?").await.contains("Please reply “yes” or “no”."));
    assert!(anna.says(&world, "text").await.contains("Advice by chat.\n\nNo diagnosis."));
    assert!(anna.says(&world, "yes").await.contains("I agree that my data are processed"));
    let room = anna.chooses(&world, "да").await;
    let consents = consent::consents(&world, ANNA).await;
    let standing: Vec<&Value> = consents.iter().map(|one| &one["status"]).collect();
    assert_eq!(standing, ["active", "active", "proposed"]);
    assert_eq!(consents[0]["last"]["document"], consents[0]["offered"]);
    assert_eq!((&consents[0]["last"]["decision"], &consents[0]["last"]["device_id"]), (&json!("given"), &json!("D")));
    anna.says_in(&world, &room, "It hurts").await;
    assert_eq!(waiting(&world).await.len(), 1);
}

#[tokio::test]
async fn whoever_does_not_agree_begins_nothing_and_may_choose_again() {
    let world = World::start_as(consent::asks).await;
    let anna = Bare::comes(&world, ANNA).await;
    anna.says(&world, "1").await;
    let refused = anna.says(&world, "no").await;
    assert!(refused.contains("nothing has been sent") && refused.contains("1. General practitioner"), "{refused}");
    assert_eq!(consent::consents(&world, ANNA).await[0]["status"], "proposed");
    assert_eq!(world.get(ANNA, "/conversations").await["conversations"], json!([]));
}

#[tokio::test]
async fn a_question_without_consent_is_sent_to_the_desk() {
    let world = World::start_as(consent::asks).await;
    let anna = Bare::comes(&world, ANNA).await;
    for reply in ["1", "yes"] {
        anna.says(&world, reply).await;
    }
    let room = anna.chooses(&world, "yes").await;
    consent::withdraw(&world, ANNA, "treatment").await.ok();
    let told = anna.says_in(&world, &room, "It hurts").await;
    assert!(has(&told, "Nobody has received your message yet") && has(&told, &anna.desk), "{told:?}");
    assert!(waiting(&world).await.is_empty());
}

#[tokio::test]
async fn the_services_questions_are_answered_by_replies_and_read_before_it_is_taken() {
    const CANARY: &str = "canary-of-a-reply";
    let world = World::start_as(questionnaire::asks).await;
    let anna = Bare::comes(&world, ANNA).await;
    assert!(anna.says(&world, "1").await.contains("A fever?\nReply “yes” or “no”."));
    assert!(anna.says(&world, "perhaps").await.contains("We did not understand that answer."));
    assert!(anna.says(&world, "yes").await.contains("How high? (°C)\nReply with a number from 34 to 43."));
    assert!(anna.says(&world, "44").await.contains("from 34 to 43"));
    let next = anna.says(&world, "39,6").await;
    assert!(next.starts_with("Call 112.") && next.contains("1. Breathes with difficulty\n2. A rash"), "{next}");
    assert!(anna.says(&world, "2").await.contains("Anything else?"));
    let room = anna.chooses(&world, CANARY).await;
    assert!(!lies_in(&world.data_folder(), CANARY.as_bytes()), "an answer lies sealed while it waits for the question");
    anna.says_in(&world, &room, "My son is ill").await;
    let asked = waiting(&world).await[0].clone();
    assert_eq!((&asked["red_flag"], &asked["priority"]), (&json!(true), &json!(10)));
    let answers = one(&world, &asked).await["answers"]["items"].clone();
    let values: Vec<&Value> = answers.as_array().unwrap().iter().map(|item| &item["value"]).collect();
    assert_eq!(values, [&json!(true), &json!(39.6), &json!(["rash"]), &json!(CANARY)]);
    assert!(!lies_in(&world.data_folder(), CANARY.as_bytes()), "and after it");
}

#[tokio::test]
async fn bad_replies_are_answered_warmly_and_change_nothing() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    for reply in ["0", "17", "hello, my knee hurts", "yes"] {
        let said = anna.says(&world, reply).await;
        assert!(said.contains("a number from 1 to 3") && said.contains("2. Dentist"), "{reply}: {said}");
    }
    assert!(anna.says(&world, "cancel").await.contains("no open request"));
    assert!(anna.says(&world, "help").await.contains("“queue”"));
    assert!(anna.says(&world, "queue").await.contains("no open request"));
    assert!(waiting(&world).await.is_empty());
}

#[tokio::test]
async fn the_desk_answers_in_the_patients_language() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    let said = anna.says(&world, "Здравствуйте").await;
    assert!(said.contains("1. Терапевт") && said.contains("номером или названием"), "{said}");
    let room = anna.chooses(&world, "терапевт").await;
    let told = anna.says_in(&world, &room, "Болит колено").await;
    assert!(has(&told, "Обращение принято") && has(&told, "Ваше место в очереди: 1."), "{told:?}");
    assert_eq!(waiting(&world).await[0]["language"], "ru");
    assert!(anna.says(&world, "english").await.contains("1. General practitioner"));
}

#[tokio::test]
async fn a_service_that_is_full_or_closed_says_so() {
    let world = World::start_as(|brand: &mut Brand| brand.queues[1].capacity = 0).await;
    let anna = Bare::comes(&world, ANNA).await;
    let said = anna.says(&world, "2").await;
    assert!(said.contains("too many are waiting"), "{said}");
    // The clock of the tests begins on a Wednesday after midnight in Moscow.
    let said = anna.says(&world, "Psychologist").await;
    assert!(said.contains("closed now and opens: 15.11 09:00"), "{said}");
}

#[tokio::test]
async fn services_of_another_circle_have_a_conversation_of_their_own() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    let general = anna.chooses(&world, "1").await;
    anna.says_in(&world, &general, "My knee hurts").await;
    assert!(anna.says(&world, "2").await.contains("open request already"));
    let private = anna.chooses(&world, "3").await;
    assert_ne!(general, private);
    anna.says_in(&world, &private, "I cannot sleep").await;
    let mut queues: Vec<String> =
        waiting(&world).await.iter().map(|row| row["queue"]["id"].as_str().unwrap().to_owned()).collect();
    queues.sort();
    assert_eq!(queues, ["general", "psychology"]);
    assert!(anna.says(&world, "close").await.contains("several requests"));
    assert!(anna.says_in(&world, &general, "cancel").await.len() == 1, "the step itself tells the room");
    assert_eq!(waiting(&world).await.len(), 1);
}

#[tokio::test]
async fn nothing_is_lost_or_doubled_by_a_repetition_and_a_restart() {
    let world = World::start_as(questionnaire::asks).await;
    let anna = Bare::comes(&world, ANNA).await;
    let reply = |world: &World, text: &str| json!({ "events": [world.homeserver.message(&user(ANNA), &anna.desk, json!({ "msgtype": "m.text", "body": text }))] });
    let chosen = reply(&world, "1");
    for _ in 0..2 {
        assert_eq!(world.deliver_as("plain-1", chosen.clone()).await, 200);
        world.settle().await;
    }
    let asked = bodies(&world, &anna.desk).iter().filter(|text| text.contains("A fever?")).count();
    assert_eq!(asked, 1);
    let desk = anna.desk.clone();
    let world = world.restart_with(questionnaire::asks).await;
    assert_eq!(world.deliver_as("plain-1", chosen).await, 200);
    world.settle().await;
    assert!(bodies(&world, &desk).is_empty(), "the new keeper has said nothing again");
    assert!(anna.says(&world, "no").await.contains("What else?"), "the dialogue goes on where it was");
}

#[tokio::test]
async fn a_close_that_the_operator_has_to_finish_says_so_and_closes_nothing() {
    let world = World::start_as(|brand| brand.queues[0].conclusion = ConclusionNeed::Required).await;
    let anna = Bare::comes(&world, ANNA).await;
    let room = anna.chooses(&world, "1").await;
    anna.says_in(&world, &room, "It hurts").await;
    let asked = waiting(&world).await[0].clone();
    take(&world, &asked).await;
    assert!(has(&anna.says_in(&world, &room, "cancel").await, "“close”"));
    assert!(has(&anna.says_in(&world, &room, "close").await, "still has something to write down"));
    assert_eq!(one(&world, &asked).await["phase"], "active");
}

#[tokio::test]
async fn a_patient_is_told_of_a_pause_a_return_and_a_transfer() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    let room = anna.chooses(&world, "1").await;
    anna.says_in(&world, &room, "It hurts").await;
    let asked = waiting(&world).await[0].clone();
    let path = |what: &str| format!("/consultations/{}/{what}", asked["id"].as_str().unwrap());
    take(&world, &asked).await;
    world.post(PETROVA, &path("hold"), json!({})).await;
    world.settle().await;
    assert!(has(&bodies(&world, &room), "Dr Petrova has paused the conversation"));
    world.post(PETROVA, &path("resume"), json!({})).await;
    world.settle().await;
    assert!(has(&bodies(&world, &room), "Dr Petrova is back with you."));
    let before = bodies(&world, &room).len();
    world.post(PETROVA, &path("transfer"), json!({ "queue_id": "dental", "note": "teeth" })).await;
    world.settle().await;
    let told = bodies(&world, &room).split_off(before);
    assert!(has(&told, "goes to another specialist") && has(&told, "Your place in line: 1."), "{told:?}");
}

#[tokio::test]
async fn whoever_never_came_to_the_desk_has_no_commands() {
    let world = World::start().await;
    let talk = world.talk(ANNA, PETROVA).await;
    let room = talk["room_id"].as_str().unwrap();
    for text in ["close", "cancel", "help", "3"] {
        world.say(ANNA, room, text).await;
    }
    world.settle().await;
    let now = one(&world, &talk).await;
    assert_eq!((&now["phase"], &now["message_count"]), (&json!("active"), &json!(4)));
}

#[tokio::test]
async fn a_command_that_came_in_the_clear_is_none() {
    let world = World::start().await;
    let anna = Bare::comes(&world, ANNA).await;
    let room = anna.chooses(&world, "1").await;
    anna.says_in(&world, &room, "It hurts").await;
    let asked = waiting(&world).await[0].clone();
    let plain = json!({ "msgtype": "m.text", "body": "cancel" });
    let event = world.homeserver.event(&user(ANNA), &room, "m.room.message", plain);
    assert_eq!(world.deliver(vec![event]).await, 200);
    world.settle().await;
    assert_eq!(one(&world, &asked).await["phase"], "queued", "a homeserver could have written it");
}
