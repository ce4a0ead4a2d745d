//! Keys that run out, are lost, are kept back or are old-fashioned.

use anyhow::Result;
use consilium_keeper::{Verification, WaitingReason, test_client::Habits};

use crate::world::{KEEPER, Mischief, World};

#[tokio::test(flavor = "multi_thread")]
async fn claimed_to_zero_the_fallback_key_serves_and_new_keys_are_uploaded() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let device = world.keeper().await?.device_id().to_owned();
    world.stop_keeper().await;
    let mut keys = std::collections::BTreeSet::new();
    for _ in 0..50 {
        keys.extend(patient.claim_one_time_key(KEEPER, &device).await?);
    }
    assert_eq!(keys.len(), 50, "no one-time key is given twice");
    let fallback = patient.claim_one_time_key(KEEPER, &device).await?;
    assert!(fallback.as_ref().is_some_and(|key| !keys.contains(key)), "a fallback key exists: {fallback:?}");
    assert_eq!(patient.claim_one_time_key(KEEPER, &device).await?, fallback, "the fallback key is the last one");

    // Running, it hears the count by transaction. The claim made no transaction, so one is caused.
    world.start_keeper().await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let after = patient.claim_one_time_key(KEEPER, &device).await?;
    assert!(after.is_some() && after != fallback, "new keys are there: {after:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_of_zero_reach_the_keeper_and_it_uploads_at_once() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let device = world.keeper().await?.device_id().to_owned();
    world.keeper_sees(&room, patient.user_id(), "join").await?;
    // The keeper takes nothing meanwhile, else it would fill up what is taken.
    world.set_mischief(Mischief { refuse: true, ..Mischief::default() });
    let mut last = None;
    for _ in 0..60 {
        let claimed = patient.claim_one_time_key(KEEPER, &device).await?;
        if claimed == last {
            break;
        }
        last = claimed;
    }
    let one = patient.say(&room, "one").await?;
    world.set_mischief(Mischief::default());
    world.keeper_reads(&[one]).await?;
    world.keeper_told("an explicit count of zero", |answer| answer.key_counts.exhausted()).await?;
    let two = patient.say(&room, "two").await?;
    world.keeper_reads(&[two]).await?;
    let after = patient.claim_one_time_key(KEEPER, &device).await?;
    assert!(after.is_some() && after != last, "new keys are there: {after:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_room_key_is_seen_and_repaired_by_the_patients_app() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    let lost = [patient.say(&room, "one").await?, patient.say(&room, "two").await?];
    let waiting = world.keeper_waits_for(&lost[0]).await?;
    assert_eq!((waiting.reason, waiting.withheld), (WaitingReason::MissingKey, None));
    world.keeper_waits_for(&lost[1]).await?;
    world.set_mischief(Mischief::default());
    let keeper = world.keeper().await?;
    let listed: Vec<String> = keeper.waiting(&room).await?.into_iter().map(|waiting| waiting.event_id).collect();
    assert_eq!(listed, lost);

    assert_eq!(patient.share_history(&room, KEEPER).await?, 1);
    world.keeper_reads(&lost).await?;
    assert_eq!(world.texts_of_keeper(&room), ["one", "two"]);
    let read = world.read_by_keeper(&lost[0]).expect("it was read");
    assert_eq!(read.forwarded_by.as_deref(), Some(patient.user_id()));
    world.say(&room, "three").await?;
    assert_eq!(keeper.waiting(&room).await?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_shares_with_verified_users_only_is_told_apart() -> Result<()> {
    let world = World::start().await?;
    let careful = Habits { shares_with_verified_only: true, ..Habits::default() };
    let mut patient = world.user("anna").await?.with_habits(careful);
    let room = world.conversation(&mut patient).await?;
    let kept_back = patient.say(&room, "one").await?;
    let waiting = world.keeper_waits_for(&kept_back).await?;
    assert_eq!(waiting.withheld.as_deref(), Some("m.unverified"));
    assert_eq!(waiting.reason, WaitingReason::MissingKey);

    let mut patient = patient.with_habits(Habits::default());
    patient.rotate(&room).await?;
    patient.sync().await?;
    let given = patient.say(&room, "two").await?;
    world.keeper_reads(&[given]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_client_that_marks_nothing_as_shared_is_handed_over_all_the_same() -> Result<()> {
    let world = World::start().await?;
    let old = Habits { marks_shared_history: false, ..Habits::default() };
    let mut patient = world.user("anna").await?.with_habits(old);
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let mut operator = world.user("petrova").await?;
    crate::history::take(&world, &room, &mut operator).await?;
    assert_eq!(operator.texts(&room).await?, [Some("one".to_owned())]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replayed_message_is_refused() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let original = patient.say(&room, "take one pill").await?;
    world.keeper_reads(std::slice::from_ref(&original)).await?;
    let history = patient.raw_history(&room).await?;
    let event = history.iter().find(|event| event["event_id"] == original.as_str()).expect("it is in the history");
    let replay = patient.put_event(&room, "m.room.encrypted", event["content"].clone()).await?;
    assert_eq!(world.keeper_waits_for(&replay).await?.reason, WaitingReason::Replayed);
    assert_eq!(world.texts_of_keeper(&room), ["take one pill"]);
    assert_eq!(world.keeper().await?.waiting(&room).await?, [], "nothing can mend it");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn ciphertext_under_another_name_is_told_apart() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let mut other = world.user("boris").await?;
    world.invite(&room, other.user_id()).await?;
    other.sync().await?;
    other.join(&room).await?;
    patient.sync().await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    let lost = patient.say(&room, "mine").await?;
    world.keeper_waits_for(&lost).await?;
    world.set_mischief(Mischief::default());
    let history = other.raw_history(&room).await?;
    let event = history.iter().find(|event| event["event_id"] == lost.as_str()).expect("it is in the history");
    let stolen = other.put_event(&room, "m.room.encrypted", event["content"].clone()).await?;
    world.keeper_waits_for(&stolen).await?;
    patient.share_history(&room, KEEPER).await?;
    world.keeper_reads(std::slice::from_ref(&lost)).await?;
    let read = world.read_by_keeper(&lost).expect("it was read");
    assert_ne!(read.verification, Verification::WrongSender);
    assert!(world.read_by_keeper(&stolen).is_none(), "a copy under another name is a replay");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_room_opens_when_the_patient_brings_the_keeper_in() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = patient.create_room(&[]).await?;
    patient.sync().await?;
    patient.say(&room, "before the keeper").await?;
    patient.share_history(&room, KEEPER).await?;
    patient.invite(&room, KEEPER).await?;
    world.join_as_keeper(&room).await?;
    world.keeper_sees(&room, KEEPER, "join").await?;
    patient.sync().await?;
    let two = patient.say(&room, "with the keeper").await?;
    world.keeper_reads(&[two]).await?;

    let mut operator = world.user("petrova").await?;
    let keeper = world.keeper().await?;
    keeper.hand_over(keeper.history(&room).await?, operator.user_id()).await?;
    patient.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    operator.sync().await?;
    operator.accept_bundle(&room, KEEPER).await?;
    let all = ["before the keeper", "with the keeper"].map(|text| Some(text.to_owned()));
    assert_eq!(operator.texts(&room).await?, all);
    Ok(())
}
