//! What lies on disk: nothing that was said.

use std::path::Path;

use anyhow::Result;

use crate::{
    history::take,
    world::{Mischief, World},
};

const SAID: &str = "streptococcus-XQ7-plaintext-probe";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_stands_in_no_file() -> Result<()> {
    let world = World::start().await?;
    let mut patient = world.user("anna").await?;
    let room = world.conversation(&mut patient).await?;
    let said = [patient.say(&room, SAID).await?];
    world.say(&room, SAID).await?;
    world.keeper_reads(&said).await?;
    let mut operator = world.user("petrova").await?;
    take(&world, &room, &mut operator).await?;
    world.set_mischief(Mischief { drop_to_device: true, ..Mischief::default() });
    patient.rotate(&room).await?;
    let lost = patient.say(&room, SAID).await?;
    world.keeper_waits_for(&lost).await?;
    world.stop_keeper().await;

    let (mut files, mut canary) = (0, false);
    for folder in world.folders() {
        search(&folder, &mut |path, content| {
            files += 1;
            assert!(!contains(content, SAID.as_bytes()), "plaintext in {}", path.display());
            canary |= contains(content, patient.user_id().as_bytes());
        })?;
    }
    assert!(files > 1 && canary, "the search finds what is there: {files} files");
    Ok(())
}

fn search(folder: &Path, look: &mut impl FnMut(&Path, &[u8])) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            search(&path, look)?;
            continue;
        }
        match std::fs::read(&path) {
            Ok(content) => look(&path, &content),
            // The stores take their log files away when they close.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn contains(content: &[u8], wanted: &[u8]) -> bool {
    content.windows(wanted.len()).any(|window| window == wanted)
}
