//! Secrets of key backups: one for each account, whoever asks first, and gone when the person takes his own.

use anyhow::Result;
use consilium_keeper::{BackupSecret, Custody, Keeper, SecretWish, test_client::backup_key_pair};

use crate::world::{World, context};

const ANNA: &str = "@anna:hs.test";

fn secret(custody: Custody) -> BackupSecret {
    match custody {
        Custody::Keeper { secret, .. } => secret,
        Custody::Person => panic!("the keeper has no copy"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn first_requests_at_the_same_time_get_one_secret_and_a_restart_keeps_it() -> Result<()> {
    let world = World::start().await?;
    let keeper = world.keeper().await?;
    let ask = || keeper.backup_secret(ANNA, SecretWish::Kept);
    let (one, two, three) = tokio::try_join!(ask(), ask(), ask())?;
    let made =
        [&one, &two, &three].iter().filter(|custody| matches!(custody, Custody::Keeper { is_new: true, .. })).count();
    assert_eq!(made, 1);
    let (one, two, three) = (secret(one), secret(two), secret(three));
    assert!(one == two && two == three);
    let again = world.restart_keeper().await?;
    assert_eq!(secret(again.backup_secret(ANNA, SecretWish::StartOver).await?), one, "what is kept is never replaced");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_took_his_own_is_given_no_new_one_until_he_begins_anew() -> Result<()> {
    let world = World::start().await?;
    let keeper = world.keeper().await?;
    secret(keeper.backup_secret(ANNA, SecretWish::Kept).await?);
    keeper.forget_backup_secret(ANNA).await?;
    keeper.forget_backup_secret(ANNA).await?;
    assert_eq!(keeper.backup_secret(ANNA, SecretWish::Kept).await?, Custody::Person);
    let keeper = world.restart_keeper().await?;
    assert_eq!(keeper.backup_secret(ANNA, SecretWish::Kept).await?, Custody::Person);
    let anew = keeper.backup_secret(ANNA, SecretWish::StartOver).await?;
    assert!(matches!(anew, Custody::Keeper { is_new: true, .. }));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_come_back_from_a_backup() -> Result<()> {
    let world = World::start().await?;
    let keeper = world.keeper().await?;
    let annas = secret(keeper.backup_secret(ANNA, SecretWish::Kept).await?);
    keeper.forget_backup_secret("@boris:hs.test").await?;
    let (identity, recipient) = backup_key_pair();
    let sealed = keeper.export(&recipient).await?;
    world.stop_keeper().await;
    std::fs::remove_dir_all(world.keeper_folder())?;
    let restored = Keeper::restore(world.config(), context(), &sealed, &identity).await?;
    world.appoint(restored.clone()).await;
    assert_eq!(secret(restored.backup_secret(ANNA, SecretWish::Kept).await?), annas);
    assert_eq!(restored.backup_secret("@boris:hs.test", SecretWish::Kept).await?, Custody::Person);
    Ok(())
}
