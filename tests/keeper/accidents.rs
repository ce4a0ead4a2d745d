//! Everything twice, answers lost, restarts in the middle: each message once, no key lost.

use std::time::Duration;

use anyhow::Result;

use crate::{
    history::take,
    world::{Mischief, World},
};

#[tokio::test(flavor = "multi_thread")]
async fn transactions_delivered_twice_change_nothing() -> Result<()> {
    let world = World::start().await?;
    world.set_mischief(Mischief { twice: true, ..Mischief::default() });
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.say(&room, "two").await?;
    world.keeper_reads(&[one]).await?;
    let (mut first, mut second) = (world.user("petrova").await?, world.user("sokolov").await?);
    take(&world, &room, &mut first).await?;
    patient.sync().await?;
    let three = patient.say(&room, "three").await?;
    world.keeper_reads(&[three]).await?;
    world.kick(&room, first.user_id()).await?;
    world.keeper_sees(&room, first.user_id(), "leave").await?;
    patient.sync().await?;
    let four = patient.say(&room, "four").await?;
    world.keeper_reads(std::slice::from_ref(&four)).await?;
    take(&world, &room, &mut second).await?;
    first.sync().await?;
    assert_eq!(world.texts_of_keeper(&room), ["one", "two", "three", "four"]);
    assert_eq!(second.texts(&room).await?, ["one", "two", "three", "four"].map(|text| Some(text.to_owned())));
    let history = patient.read(&room).await?;
    let session = &history.iter().find(|message| message.event_id == four).expect("it is there").session_id;
    assert!(!first.sessions(&room).await?.contains(session));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_event_is_told_again_when_the_answer_was_lost() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    let lost = patient.say(&room, "one").await?;
    world.keeper_waits_for(&lost).await?;
    world.set_mischief(Mischief { lost_answers: 2, ..Mischief::default() });
    patient.share_history(&room, crate::world::KEEPER).await?;
    world.keeper_reads(&[lost]).await?;
    assert_eq!(world.texts_of_keeper(&room), ["one"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_in_the_middle_lose_nothing() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let (mut said, mut expected) = (Vec::new(), Vec::new());
    for number in 0..8 {
        let text = format!("message {number}");
        if number % 2 == 0 {
            patient.rotate(&room).await?;
        }
        world.set_mischief(Mischief { lost_answers: 1, ..Mischief::default() });
        said.push(patient.say(&room, &text).await?);
        expected.push(text);
        tokio::time::sleep(Duration::from_millis(number * 7)).await;
        world.restart_keeper().await?;
    }
    world.keeper_reads(&said).await?;
    assert_eq!(world.texts_of_keeper(&room), expected);
    assert_eq!(world.keeper().await?.waiting(&room).await?, []);
    Ok(())
}
