//! The test client itself: two of them read one another and hand on history without any keeper.

use anyhow::Result;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn two_clients_read_one_another_and_share_history() -> Result<()> {
    let world = World::without_keeper().await?;
    let mut anna = world.user("anna").await?;
    let mut boris = world.user("boris").await?;
    let room = anna.create_room(&[]).await?;
    anna.sync().await?;
    anna.say(&room, "one").await?;
    assert_eq!(anna.share_history(&room, boris.user_id()).await?, 1);
    anna.invite(&room, boris.user_id()).await?;
    boris.sync().await?;
    assert_eq!(boris.membership(&room), Some("invite"));
    boris.join(&room).await?;
    boris.sync().await?;
    assert_eq!(boris.texts(&room).await?, [Some("one".to_owned())]);
    boris.say(&room, "two").await?;
    anna.sync().await?;
    anna.say(&room, "three").await?;
    boris.sync().await?;
    let all = ["one", "two", "three"].map(|text| Some(text.to_owned()));
    assert_eq!(anna.texts(&room).await?, all);
    assert_eq!(boris.texts(&room).await?, all);
    assert!(!anna.warns_about(boris.user_id()).await?);
    boris.set_up_cross_signing(true).await?;
    assert!(anna.warns_about(boris.user_id()).await?, "a replaced identity is seen");
    Ok(())
}
