//! Starting, and refusing to start.

use anyhow::Result;
use consilium_keeper::{Keeper, KeeperConfig, KeeperError, KeeperKey, Transaction};
use serde_json::json;

use crate::world::{KEEPER, SERVER_NAME, World, context};

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_goes_on_with_the_same_device_and_identity() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let before = world.keeper().await?;
    let (device, master_key) = (before.device_id().to_owned(), before.master_key().to_owned());
    assert_eq!((before.user_id(), device.as_str()), (KEEPER, "KEEPER1"));
    assert_eq!(patient.master_key_of(KEEPER).await?.as_deref(), Some(master_key.as_str()));
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let after = world.restart_keeper().await?;
    assert_eq!((after.device_id(), after.master_key()), (device.as_str(), master_key.as_str()));
    let two = patient.say(&room, "two").await?;
    world.keeper_reads(&[two]).await?;
    world.say(&room, "three").await?;
    patient.sync().await?;
    assert_eq!(patient.texts(&room).await?, ["one", "two", "three"].map(|text| Some(text.to_owned())));
    assert!(!patient.warns_about(KEEPER).await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_key_is_told_and_changes_nothing() -> Result<()> {
    let world = World::start().await?;
    world.stop_keeper().await;
    let wrong = KeeperConfig { key: KeeperKey::from_bytes([8; 32]), ..world.config() };
    assert!(matches!(Keeper::start(wrong, context()).await, Err(KeeperError::WrongKey)));
    world.start_keeper().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_keepers_never_share_a_folder() -> Result<()> {
    let world = World::start().await?;
    assert!(matches!(Keeper::start(world.config(), context()).await, Err(KeeperError::InUse)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_does_not_replace_a_keeper_that_clients_know() -> Result<()> {
    let world = World::start().await?;
    world.stop_keeper().await;
    let elsewhere = tempfile::tempdir()?;
    let same_device = KeeperConfig { folder: elsewhere.path().join("a"), ..world.config() };
    assert!(matches!(Keeper::start(same_device, context()).await, Err(KeeperError::ForeignDevice)));
    let new_device =
        KeeperConfig { folder: elsewhere.path().join("b"), device_id: "KEEPER7".to_owned(), ..world.config() };
    assert!(matches!(Keeper::start(new_device, context()).await, Err(KeeperError::ForeignIdentity)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_belongs_to_one_user() -> Result<()> {
    let world = World::start().await?;
    world.stop_keeper().await;
    let other = KeeperConfig { localpart: "keeper-of-another".to_owned(), ..world.config() };
    match Keeper::start(other, context()).await {
        Err(KeeperError::ForeignFolder(owner)) => assert_eq!(owner, format!("@keeper:{SERVER_NAME}")),
        other => panic!("refused: {other:?}"),
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_that_is_away_is_told_as_such() -> Result<()> {
    let world = World::without_keeper().await?;
    let away = KeeperConfig { homeserver_url: "http://127.0.0.1:1".to_owned(), ..world.config() };
    assert!(matches!(Keeper::start(away, context()).await, Err(KeeperError::Unreachable(_))));
    world.start_keeper().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn rooms_from_before_the_folder_are_known_after_the_start() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    let keeper = world.keeper().await?;
    let odd = Transaction::from_value("odd", json!({ "events": [null, 7, { "type": "m.room.encrypted" }] }))?;
    let answer = keeper.receive(odd).await?;
    assert_eq!(answer.events.len(), 1, "odd entries stop nothing");
    let elsewhere = keeper.send("!nowhere:hs.test", "m.room.message", json!({ "body": "x" }), "t").await;
    assert!(matches!(elsewhere, Err(KeeperError::NotInRoom(_))), "{elsewhere:?}");
    let nonsense = keeper.send("nonsense", "m.room.message", json!({}), "t").await;
    assert!(matches!(nonsense, Err(KeeperError::BadArgument { .. })), "{nonsense:?}");
    Ok(())
}
