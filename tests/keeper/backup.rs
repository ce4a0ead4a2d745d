//! The store is gone: the nightly export brings the keeper back, and no client notices.

use anyhow::Result;
use consilium_keeper::{Keeper, KeeperConfig, KeeperError, test_client::backup_key_pair};

use crate::{
    history::take,
    world::{KEEPER, Mischief, World, context},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_keeper_is_the_same_to_everyone() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let one = patient.say(&room, "one").await?;
    world.keeper_reads(&[one]).await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    patient.rotate(&room).await?;
    let waiting = patient.say(&room, "two").await?;
    world.keeper_waits_for(&waiting).await?;
    world.set_mischief(Mischief::default());
    let (identity, recipient) = backup_key_pair();
    let keeper = world.keeper().await?;
    let (master_key, sealed) = (keeper.master_key().to_owned(), keeper.export(&recipient).await?);
    let secret = b"cross_signing";
    assert!(!sealed.windows(secret.len()).any(|window| window == secret), "the export is sealed");

    world.stop_keeper().await;
    std::fs::remove_dir_all(world.keeper_folder())?;
    assert!(world.start_keeper().await.is_err(), "never a silent reset");
    std::fs::remove_dir_all(world.keeper_folder())?;
    let restored = Keeper::restore(world.config(), context(), &sealed, &identity).await?;
    world.appoint(restored.clone()).await;
    assert_eq!((restored.device_id(), restored.master_key()), ("KEEPER2", master_key.as_str()));
    assert!(!patient.warns_about(KEEPER).await?, "no client sees a changed keeper");

    patient.sync().await?;
    let three = patient.say(&room, "three").await?;
    world.keeper_reads(&[three]).await?;
    patient.share_history(&room, KEEPER).await?;
    world.keeper_reads(&[waiting]).await?;
    let mut operator = world.user("petrova").await?;
    take(&world, &room, &mut operator).await?;
    assert_eq!(operator.texts(&room).await?, ["one", "two", "three"].map(|text| Some(text.to_owned())));
    let again = world.restart_keeper().await?;
    assert_eq!(again.device_id(), "KEEPER2", "the folder remembers its device");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_opens_only_for_whom_it_was_sealed() -> Result<()> {
    let world = World::start().await?;
    let keeper = world.keeper().await?;
    let ((identity, recipient), (other_key, _)) = (backup_key_pair(), backup_key_pair());
    let sealed = keeper.export(&recipient).await?;
    assert!(matches!(keeper.export("nobody").await, Err(KeeperError::Backup(_))));
    let elsewhere = tempfile::tempdir()?;
    let to = |name: &str| KeeperConfig { folder: elsewhere.path().join(name), ..world.config() };
    for (sealed, identity) in [(&sealed[..], &other_key), (&sealed[..100], &identity), (b"{}", &identity)] {
        let refused = Keeper::restore(to("a"), context(), sealed, identity).await;
        assert!(matches!(refused, Err(KeeperError::Backup(_))), "{refused:?}");
    }
    let onto_a_keeper = Keeper::restore(world.config(), context(), &sealed, &identity).await;
    assert!(matches!(onto_a_keeper, Err(KeeperError::Backup(_))), "{onto_a_keeper:?}");
    let of_another = KeeperConfig { localpart: "keeper-of-another".to_owned(), ..to("b") };
    let refused = Keeper::restore(of_another, context(), &sealed, &identity).await;
    assert!(matches!(refused, Err(KeeperError::Backup(_))), "{refused:?}");
    Ok(())
}
