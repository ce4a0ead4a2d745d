//! The child of the durability tests: writes batches until it is killed or refused, and says so line by line.
//!
//! `durability-writer <folder> <reserve in bytes>` prints
//! - `open <position>` when it begins,
//! - `done <writer> <number> <position>` for each acknowledged batch,
//! - `refused <why>` when the store takes no more; then `read <position>` after everything was read and checked, and it
//!   ends. With a third argument, the name of a file, somebody else fills the disk with that file meanwhile; in the end
//!   it is removed, the store is opened again, checked against what was acknowledged, and `again <position>` is printed
//!   after one more batch.

mod ledger;

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use consilium_store::{CommitError, Engine, Position, RocksEngine};
use ledger::{Found, WRITERS};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("the folder is missing")?);
    let reserve_bytes = arguments.next().context("the reserve is missing")?.parse()?;
    let engine = Arc::new(ledger::open(&folder, reserve_bytes)?);
    say(&format!("open {}", engine.position().0))?;
    let last_done = Arc::new(AtomicU64::new(0));
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(Arc::clone(&engine), writer, Arc::clone(&last_done)));
    }
    let ballast = arguments.next().map(PathBuf::from);
    let is_over = Arc::new(AtomicBool::new(false));
    let filling = ballast.clone().map(|ballast| (ballast, Arc::clone(&is_over)));
    let filler = std::thread::spawn(move || filling.map_or(Ok(()), |(ballast, is_over)| fill(&ballast, &is_over)));
    let refusals = writers.join_all().await.into_iter().collect::<Result<Vec<_>>>()?;
    is_over.store(true, Ordering::Relaxed);
    ensure!(matches!(filler.join(), Ok(Ok(()))), "the disk could not be filled");
    for why in refusals {
        say(&format!("refused {why:?}"))?;
    }
    let found = ledger::check(engine.view(), &Found::default()).await?;
    ensure!(found.position >= last_done.load(Ordering::Relaxed), "an acknowledged batch cannot be read");
    say(&format!("read {}", found.position))?;
    match ballast {
        Some(ballast) => again(engine, &folder, &ballast, found.position).await,
        None => Ok(()),
    }
}

/// Takes every byte that is free, again and again, until it is over.
fn fill(ballast: &Path, is_over: &AtomicBool) -> Result<()> {
    let mut file = std::fs::File::create(ballast)?;
    let piece = vec![1; 64 << 10];
    while !is_over.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(5));
        // It ends with the disk: in the middle of a block or with an error.
        while file.write(&piece).is_ok_and(|written| written == piece.len()) {}
    }
    Ok(())
}

/// Writes until the store refuses; why it did.
async fn write(engine: Arc<RocksEngine>, writer: u64, last_done: Arc<AtomicU64>) -> Result<CommitError> {
    let (mut head, mut number) = ledger::head(&*engine.view(), writer).await?;
    loop {
        number += 1;
        match engine.commit(ledger::batch(writer, number, head)).await {
            Ok(position) => {
                last_done.fetch_max(position.0, Ordering::Relaxed);
                say(&format!("done {writer} {number} {}", position.0))?;
                head = Some(position);
            }
            // What follows an unknown outcome is refused in any case.
            Err(CommitError::Unknown) => {
                return match engine.commit(ledger::batch(writer, number, head)).await {
                    Err(why) => Ok(why),
                    Ok(Position(position)) => anyhow::bail!("{position} was written after an unknown outcome"),
                };
            }
            Err(why) => return Ok(why),
        }
    }
}

async fn again(engine: Arc<RocksEngine>, folder: &Path, ballast: &Path, position: u64) -> Result<()> {
    engine.close().await;
    drop(engine);
    std::fs::remove_file(ballast)?;
    let engine = ledger::open(folder, 0)?;
    let found = ledger::check(engine.view(), &Found::default()).await?;
    ensure!(found.position >= position, "{position} was acknowledged, {} is there", found.position);
    let (head, number) = ledger::head(&*engine.view(), 0).await?;
    let Position(position) = engine.commit(ledger::batch(0, number + 1, head)).await?;
    say(&format!("again {position}"))
}

/// One write, so that a kill leaves whole lines.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    out.flush().context("nobody listens")
}
