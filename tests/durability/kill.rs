//! The kill test: SIGKILL at random moments of opening, writing, flushing and compacting.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use consilium_store::Engine;
use rand::{Rng, SeedableRng, rngs::StdRng};

use crate::{
    Line,
    ledger::{self, Found},
    writer,
};

const KILLS: u32 = 220;

/// More than opening ever takes; a store that hangs is a failure, not a long wait.
const OPENING_MAX: Duration = Duration::from_secs(20);

/// When a writer dies.
enum Death {
    /// This long after it was started: mostly while it opens the store, replaying the log of the one before.
    AfterStart(Duration),
    /// This long after its store is open.
    AfterOpening(Duration),
}

impl Death {
    fn random(random: &mut StdRng) -> Self {
        if random.random_bool(0.2) {
            Self::AfterStart(Duration::from_micros(random.random_range(1_000..60_000)))
        } else {
            Self::AfterOpening(Duration::from_micros(random.random_range(0..50_000)))
        }
    }
}

/// What one writer said before it died.
#[derive(Default)]
struct Said {
    was_open: bool,
    done: Vec<(u64, u64, u64)>,
}

#[tokio::test]
async fn every_acknowledged_batch_is_there_whole_after_each_of_220_kills() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("store");
    // The moments differ from run to run in any case; the seed is named so that a failure can be looked at.
    #[expect(clippy::disallowed_methods, reason = "each run tries other moments")]
    let seed = rand::rng().random();
    let mut random = StdRng::seed_from_u64(seed);
    let mut found = Found::default();
    let (mut killed_writing, mut acknowledged) = (0, 0);
    for kill in 0..KILLS {
        let said = live_and_die(&store, Death::random(&mut random))?;
        let now = checked(&store, &found).await.with_context(|| format!("after kill {kill} with seed {seed}"))?;
        for (writer, number, position) in &said.done {
            let there = now.batches.get(position);
            ensure!(
                there == Some(&(*writer, *number)),
                "kill {kill}: {writer}/{number} at {position} became {there:?}"
            );
        }
        killed_writing += u32::from(said.was_open);
        acknowledged += said.done.len();
        found = now;
    }
    let whole = checked(&store, &Found::default()).await?;
    ensure!(whole.position == found.position && whole.batches.len() as u64 == whole.position);
    println!(
        "{acknowledged} acknowledged of {} written, {killed_writing} of {KILLS} killed while writing",
        found.position
    );
    ensure!(killed_writing > KILLS / 2, "only {killed_writing} of {KILLS} had begun to write");
    ensure!(acknowledged > 2_000, "only {acknowledged} batches were acknowledged");
    Ok(())
}

async fn checked(store: &Path, before: &Found) -> Result<Found> {
    let engine = ledger::open(store, 0)?;
    ledger::check(engine.view(), before).await
}

fn live_and_die(store: &Path, death: Death) -> Result<Said> {
    let mut child = writer().arg(store).arg("0").stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().context("it is piped")?;
    let (opened, is_open) = mpsc::channel();
    let listener = thread::spawn(move || listen(out, &opened));
    match death {
        Death::AfterStart(life) => thread::sleep(life),
        Death::AfterOpening(life) => {
            is_open.recv_timeout(OPENING_MAX).context("the store was not opened")?;
            thread::sleep(life);
        }
    }
    kill(&mut child)?;
    listener.join().map_err(|_| anyhow::anyhow!("the listener panicked"))?
}

/// Until the pipe ends: what the writer had said stays in it after its death.
fn listen(out: impl std::io::Read, opened: &mpsc::Sender<()>) -> Result<Said> {
    let mut said = Said::default();
    for line in BufReader::new(out).lines() {
        match Line::parse(&line?)? {
            Line::Open => {
                said.was_open = true;
                // Nobody waits for it when the writer dies early.
                let _ = opened.send(());
            }
            Line::Done { writer, number, position } => said.done.push((writer, number, position)),
            other => anyhow::bail!("a writer on a sound disk said {other:?}"),
        }
    }
    Ok(said)
}

fn kill(child: &mut Child) -> Result<()> {
    ensure!(child.try_wait()?.is_none(), "the writer ended by itself");
    child.kill()?;
    child.wait()?;
    Ok(())
}
