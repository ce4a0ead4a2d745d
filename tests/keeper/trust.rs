//! Who is given nothing: devices without cross-signing, and identities that were replaced and not approved.

use anyhow::Result;
use consilium_keeper::{HandOver, IdentityTrust, KeeperError};

use crate::{
    history::take,
    world::{KEEPER, World},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_without_cross_signing_gets_the_keys_once_he_set_it_up() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let mut operator = world.user_without_cross_signing("petrova").await?;
    let keeper = world.keeper().await?;
    assert_eq!(take(&world, &room, &mut operator).await?, HandOver { devices: 0, sessions: 1 });
    assert_eq!(keeper.identity(operator.user_id()).await?.trust, IdentityTrust::None);
    assert!(matches!(keeper.trust_operator(operator.user_id()).await, Err(KeeperError::NoIdentity { .. })));

    operator.set_up_cross_signing(false).await?;
    let him = operator.user_id().to_owned();
    world.keeper_told("his device change", |answer| answer.device_changes.changed.contains(&him)).await?;
    let given = keeper.joined(&room, operator.user_id()).await?;
    assert_eq!(given, Some(HandOver { devices: 1, sessions: 1 }));
    operator.sync().await?;
    operator.accept_bundle(&room, KEEPER).await?;
    assert_eq!(operator.texts(&room).await?, [Some("one".to_owned())]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_identity_of_an_operator_gets_nothing_before_it_is_approved() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let keeper = world.keeper().await?;
    let operator = world.user("petrova").await?;
    keeper.trust_operator(operator.user_id()).await?;
    keeper.trust_operator(operator.user_id()).await?;
    assert_eq!(keeper.identity(operator.user_id()).await?.trust, IdentityTrust::Signed);

    // Someone with the homeserver in his hands: a new device and a new identity.
    let mut intruder = world.login("petrova").await?;
    intruder.set_up_cross_signing(true).await?;
    let refused = keeper.hand_over(keeper.history(&room).await?, operator.user_id()).await;
    assert!(matches!(refused, Err(KeeperError::IdentityChanged { .. })), "{refused:?}");
    assert_eq!(keeper.identity(operator.user_id()).await?.trust, IdentityTrust::Changed);
    let refused = keeper.trust_operator(operator.user_id()).await;
    assert!(matches!(refused, Err(KeeperError::IdentityChanged { .. })), "{refused:?}");
    let restarted = world.restart_keeper().await?;
    let refused = restarted.joined(&room, operator.user_id()).await;
    assert!(matches!(refused, Err(KeeperError::IdentityChanged { .. })), "a restart forgets nothing: {refused:?}");

    restarted.approve_identity(operator.user_id()).await?;
    restarted.trust_operator(operator.user_id()).await?;
    assert_eq!(restarted.identity(operator.user_id()).await?.trust, IdentityTrust::Signed);
    take(&world, &room, &mut intruder).await?;
    assert_eq!(intruder.texts(&room).await?, [Some("one".to_owned())]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_who_lost_everything_reads_his_dialogue_after_approval() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let said = [patient.say(&room, "one").await?];
    world.say(&room, "two").await?;
    world.keeper_reads(&said).await?;
    let keeper = world.keeper().await?;

    let mut newcomer = world.login("anna").await?;
    newcomer.set_up_cross_signing(true).await?;
    newcomer.sync().await?;
    let him = newcomer.user_id().to_owned();
    let refused = keeper.hand_over(keeper.history(&room).await?, &him).await;
    assert!(matches!(refused, Err(KeeperError::IdentityChanged { .. })), "{refused:?}");
    let content = serde_json::json!({ "msgtype": "m.text", "body": "three" });
    let sent = keeper.send(&room, "m.room.message", content, "left-out").await?;
    assert_eq!(sent.left_out, std::slice::from_ref(&him), "not spoken to before approval");
    newcomer.sync().await?;
    assert_eq!(newcomer.texts(&room).await?, [None, None, None]);

    keeper.approve_identity(&him).await?;
    assert_eq!(keeper.identity(&him).await?.trust, IdentityTrust::Pinned);
    let given = keeper.hand_over(keeper.history(&room).await?, &him).await?;
    assert_eq!(given.devices, 1, "the new device alone: the old one is not signed by the new identity");
    newcomer.sync().await?;
    assert!(newcomer.accept_bundle(&room, KEEPER).await?);
    let all = ["one", "two", "three"].map(|text| Some(text.to_owned()));
    assert_eq!(newcomer.texts(&room).await?, all);
    world.say(&room, "four").await?;
    newcomer.sync().await?;
    assert_eq!(newcomer.texts(&room).await?.last(), Some(&Some("four".to_owned())));
    Ok(())
}
