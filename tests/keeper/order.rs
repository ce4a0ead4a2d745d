//! Bundle, invite and join come in any order, and the app may be closed in between: all ends readable.

use anyhow::Result;

use crate::world::{KEEPER, World};

/// A conversation in which the patient said «one».
async fn asked(world: &World) -> Result<(String, consilium_keeper::test_client::TestClient)> {
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    Ok((room, patient))
}

fn one() -> Vec<Option<String>> {
    vec![Some("one".to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_may_come_after_the_invite() -> Result<()> {
    let world = World::start().await?;
    let (room, _patient) = asked(&world).await?;
    let mut operator = world.user("petrova").await?;
    world.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    world.hand_over(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    assert_eq!(operator.texts(&room).await?, one());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bundle_may_come_after_the_join() -> Result<()> {
    let world = World::start().await?;
    let (room, _patient) = asked(&world).await?;
    let mut operator = world.user("petrova").await?;
    world.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    assert_eq!(operator.texts(&room).await?, [None]);
    world.hand_over(&room, operator.user_id()).await?;
    operator.sync().await?;
    assert_eq!(operator.texts(&room).await?, one());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_may_come_while_the_app_is_closed() -> Result<()> {
    let world = World::start().await?;
    let (room, _patient) = asked(&world).await?;
    let mut operator = world.user("petrova").await?;
    // No sync from here on: the app is closed.
    world.hand_over(&room, operator.user_id()).await?;
    world.invite(&room, operator.user_id()).await?;
    world.hand_over(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    assert_eq!(operator.texts(&room).await?, one());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_join_before_the_invite_was_synced_is_repaired_by_one_call() -> Result<()> {
    let world = World::start().await?;
    let (room, _patient) = asked(&world).await?;
    let mut operator = world.user("petrova").await?;
    world.hand_over(&room, operator.user_id()).await?;
    world.invite(&room, operator.user_id()).await?;
    operator.join(&room).await?;
    operator.sync().await?;
    assert_eq!(operator.texts(&room).await?, [None], "the app does not know who invited");
    assert!(operator.accept_bundle(&room, KEEPER).await?);
    assert_eq!(operator.texts(&room).await?, one());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_part_of_a_session_replaces_a_later_one() -> Result<()> {
    let world = World::start().await?;
    let (room, mut patient) = asked(&world).await?;
    let mut operator = world.user("petrova").await?;
    world.invite(&room, operator.user_id()).await?;
    operator.sync().await?;
    operator.join(&room).await?;
    // The patient's session goes on: its later part comes to the operator as an ordinary room key.
    patient.sync().await?;
    patient.say(&room, "two").await?;
    operator.sync().await?;
    assert_eq!(operator.texts(&room).await?, [None, Some("two".to_owned())]);
    world.hand_over(&room, operator.user_id()).await?;
    operator.sync().await?;
    assert_eq!(operator.texts(&room).await?, [Some("one".to_owned()), Some("two".to_owned())]);
    Ok(())
}
