//! Whoever joins a consultation reads what was said before; whoever left reads nothing that is said after.

use anyhow::Result;
use consilium_keeper::{HandOver, Verification};

use crate::world::{KEEPER, World};

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| Some((*text).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reads_what_was_said_before_he_existed() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let mut said = Vec::new();
    for text in ["it hurts", "since monday", "what shall I do?"] {
        said.push(patient.say(&room, text).await?);
    }
    world.keeper_reads(&said).await?;
    said.push(world.say(&room, "a doctor comes").await?);

    let mut operator = world.user("petrova").await?;
    let keeper = world.keeper().await?;
    let given = keeper.hand_over(keeper.history(&room).await?, operator.user_id()).await?;
    assert_eq!(given, HandOver { devices: 1, sessions: 2 });
    world.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;

    let before = some(&["it hurts", "since monday", "what shall I do?", "a doctor comes"]);
    assert_eq!(operator.texts(&room).await?, before);
    let first = &operator.read(&room).await?[0];
    assert_eq!(first.forwarded_by.as_deref(), Some(KEEPER), "handed over by the clinic, not sent by the patient");

    world.keeper_sees(&room, operator.user_id(), "join").await?;
    patient.sync().await?;
    operator.sync().await?;
    said.push(patient.say(&room, "thank you").await?);
    said.push(operator.say(&room, "show me").await?);
    world.say(&room, "both are here").await?;
    world.keeper_reads(&said[4..]).await?;
    patient.sync().await?;
    operator.sync().await?;
    let all = some(&[
        "it hurts",
        "since monday",
        "what shall I do?",
        "a doctor comes",
        "thank you",
        "show me",
        "both are here",
    ]);
    assert_eq!(patient.texts(&room).await?, all);
    assert_eq!(operator.texts(&room).await?, all);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_operator_reads_nothing_new_and_his_successor_reads_everything() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    patient.say(&room, "one").await?;
    let (mut first, mut second) = (world.user("petrova").await?, world.user("sokolov").await?);
    let keeper = world.keeper().await?;
    let taken = take(&world, &room, &mut first).await?;
    assert_eq!(taken.devices, 1);
    patient.sync().await?;
    let before = [patient.say(&room, "two").await?, world.say(&room, "three").await?];
    first.sync().await?;
    assert_eq!(first.texts(&room).await?, some(&["one", "two", "three"]));
    world.keeper_reads(&before).await?;

    world.kick(&room, first.user_id()).await?;
    // At once: the keeper must not need the transaction to know that he is gone.
    world.say(&room, "four").await?;
    world.keeper_sees(&room, first.user_id(), "leave").await?;
    patient.sync().await?;
    let five = patient.say(&room, "five").await?;
    world.keeper_reads(std::slice::from_ref(&five)).await?;
    first.sync().await?;

    let (old, new) = (first.sessions(&room).await?, patient.sessions(&room).await?);
    let history = patient.read(&room).await?;
    for message in &history {
        let known = old.contains(&message.session_id);
        let is_before = matches!(message.text.as_deref(), Ok("one" | "two" | "three"));
        assert_eq!(known, is_before, "{message:?} after the removal needs a key that he never had");
        assert!(new.contains(&message.session_id));
    }
    assert_eq!(first.texts(&room).await?, some(&["one", "two", "three"]), "nor does the homeserver show it");

    take(&world, &room, &mut second).await?;
    let six = patient_says(&world, &mut patient, &room, "six").await?;
    world.keeper_reads(&[six]).await?;
    second.sync().await?;
    assert_eq!(second.texts(&room).await?, some(&["one", "two", "three", "four", "five", "six"]));
    assert_eq!(keeper.waiting(&room).await?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_opened_between_bundle_and_join_comes_in_a_second_bundle() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let keeper = world.keeper().await?;
    let mut operator = world.user("petrova").await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    keeper.hand_over(keeper.history(&room).await?, operator.user_id()).await?;
    // The patient's app does not know of the operator yet and opens a new session.
    patient.rotate(&room).await?;
    let two = patient.say(&room, "two").await?;
    world.keeper_reads(&[two]).await?;
    world.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    assert_eq!(operator.texts(&room).await?, [Some("one".to_owned()), None]);

    world.keeper_sees(&room, operator.user_id(), "join").await?;
    let again = keeper.joined(&room, operator.user_id()).await?;
    assert_eq!(again, Some(HandOver { devices: 1, sessions: 2 }));
    assert_eq!(keeper.joined(&room, operator.user_id()).await?, None, "nothing is missing any more");
    operator.sync().await?;
    assert!(operator.accept_bundle(&room, KEEPER).await?);
    assert_eq!(operator.texts(&room).await?, some(&["one", "two"]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_device_reads_by_key_backup_or_by_a_new_bundle() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let mut operator = world.user("petrova").await?;
    take(&world, &room, &mut operator).await?;

    let by_backup = world.login("petrova").await?;
    operator.sign_other_device(&by_backup).await?;
    assert_eq!(operator.copy_room_keys_to(&by_backup).await?, 1);
    assert_eq!(by_backup.texts(&room).await?, some(&["one"]));

    let mut by_bundle = world.login("petrova").await?;
    operator.sign_other_device(&by_bundle).await?;
    assert_eq!(by_bundle.texts(&room).await?, [None]);
    let given = world.hand_over(&room, operator.user_id()).await?;
    assert_eq!(given, HandOver { devices: 3, sessions: 1 });
    by_bundle.sync().await?;
    assert!(by_bundle.accept_bundle(&room, KEEPER).await?);
    assert_eq!(by_bundle.texts(&room).await?, some(&["one"]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_over_that_comes_late_gives_nothing_of_what_was_said_after_someone_left() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let keeper = world.keeper().await?;
    let mut operator = world.user("petrova").await?;
    take(&world, &room, &mut operator).await?;
    let while_he_was_there = keeper.history(&room).await?;

    world.kick(&room, operator.user_id()).await?;
    patient.sync().await?;
    let two = patient_says(&world, &mut patient, &room, "two").await?;
    assert_eq!(keeper.joined(&room, operator.user_id()).await?, None, "he is not there any more");
    let given = keeper.hand_over(while_he_was_there, operator.user_id()).await?;
    assert_eq!(given, HandOver { devices: 1, sessions: 1 });
    operator.sync().await?;
    assert!(operator.accept_bundle(&room, KEEPER).await?, "the late bundle came");
    let sessions = operator.sessions(&room).await?;
    let after = patient.read(&room).await?.into_iter().find(|message| message.event_id == two);
    assert!(!sessions.contains(&after.expect("it is there").session_id), "{sessions:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_of_the_sender_stands_beside_each_message() -> Result<()> {
    let world = World::start().await?;
    let mut signed = world.user("anna").await?;
    let room = world.conversation(&mut signed).await?;
    let mut unsigned = world.user_without_cross_signing("boris").await?;
    let other_room = world.conversation(&mut unsigned).await?;
    let from_signed = signed.say(&room, "signed").await?;
    let from_unsigned = unsigned.say(&other_room, "unsigned").await?;
    world.keeper_reads(&[from_signed.clone(), from_unsigned.clone()]).await?;
    let verification = |event: &str| world.read_by_keeper(event).map(|decrypted| decrypted.verification);
    assert_eq!(verification(&from_signed), Some(Verification::CrossSigned));
    assert_eq!(verification(&from_unsigned), Some(Verification::UnsignedDevice));
    Ok(())
}

/// Hand-over, invite, join: what the service does when an operator takes a consultation.
pub async fn take(
    world: &World,
    room: &str,
    operator: &mut consilium_keeper::test_client::TestClient,
) -> Result<HandOver> {
    let given = world.hand_over(room, operator.user_id()).await?;
    world.invite(room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(room).await?;
    operator.sync().await?;
    world.keeper_sees(room, operator.user_id(), "join").await?;
    Ok(given)
}

async fn patient_says(
    world: &World,
    patient: &mut consilium_keeper::test_client::TestClient,
    room: &str,
    text: &str,
) -> Result<String> {
    patient.sync().await?;
    let event = patient.say(room, text).await?;
    world.keeper_reads(std::slice::from_ref(&event)).await?;
    Ok(event)
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_in_the_clear_because_a_transaction_is_late() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    world.send_transactions_to(Some("http://127.0.0.1:1".to_owned()));
    let room = world.conversation(&mut patient).await?;
    world.say(&room, "hello").await?;
    let plain_room = patient.create_plain_room(KEEPER).await?;
    world.join_as_keeper(&plain_room).await?;
    world.say(&plain_room, "in the clear").await?;
    patient.sync().await?;
    let said = patient.read(&room).await?;
    assert_eq!(said.len(), 1);
    assert!(!said[0].session_id.is_empty(), "encrypted");
    assert_eq!(said[0].text.as_deref(), Ok("hello"));
    let said = patient.read(&plain_room).await?;
    assert_eq!((said[0].session_id.as_str(), said[0].text.as_deref()), ("", Ok("in the clear")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomers_new_device_reads_what_the_keeper_says_before_any_transaction() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let mut operator = world.user("petrova").await?;
    take(&world, &room, &mut operator).await?;
    world.say(&room, "one").await?;
    world.kick(&room, operator.user_id()).await?;
    world.keeper_sees(&room, operator.user_id(), "leave").await?;
    // Away, he gets a second device; back, he is spoken to before the keeper's transactions say so.
    let mut second = world.login("petrova").await?;
    operator.sign_other_device(&second).await?;
    world.send_transactions_to(Some("http://127.0.0.1:1".to_owned()));
    world.invite(&room, operator.user_id()).await?;
    second.sync().await?;
    second.join(&room).await?;
    world.say(&room, "two").await?;
    second.sync().await?;
    let read = second.texts(&room).await?;
    assert_eq!(read.last(), Some(&Some("two".to_owned())), "{read:?}");
    Ok(())
}
