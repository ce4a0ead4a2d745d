//! Real refusals: a limit on the size of files, a file system without room.

use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};
use consilium_store::Engine;

use crate::{
    Line,
    ledger::{self, Found},
    writer,
};

fn lines(output: &Output) -> Result<Vec<Line>> {
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the writer failed: {errors}");
    std::str::from_utf8(&output.stdout)?.lines().map(Line::parse).collect()
}

/// How it ended: every writer refused, then everything acknowledged was read.
fn refusals(lines: &[Line]) -> Result<Vec<&str>> {
    let done =
        lines.iter().filter_map(|line| if let Line::Done { position, .. } = line { Some(*position) } else { None });
    let done = done.max().context("nothing was written at all")?;
    let read = lines.iter().find_map(|line| if let Line::Read { position } = line { Some(*position) } else { None });
    ensure!(read.context("it was not read afterwards")? >= done, "{done} was acknowledged, {read:?} could be read");
    Ok(lines.iter().filter_map(|line| if let Line::Refused(why) = line { Some(why.as_str()) } else { None }).collect())
}

/// The shell sets the limit in units of 512 or 1,024 bytes, and the signal that goes with it is ignored, so that the
/// write itself fails.
#[tokio::test]
async fn a_write_that_the_system_refuses_stops_the_writes_and_loses_nothing() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("store");
    let shell = r#"trap "" XFSZ; ulimit -f 200; exec "$0" "$1" 0"#;
    let output = Command::new("sh").arg("-c").arg(shell).arg(writer().get_program()).arg(&store).output()?;
    let lines = lines(&output)?;
    let refusals = refusals(&lines)?;
    ensure!(refusals.len() as u64 == ledger::WRITERS);
    ensure!(
        refusals.iter().all(|why| why.starts_with("Unavailable") && why.contains("File too large")),
        "{refusals:?}"
    );
    let engine = ledger::open(&store, 0)?;
    let found = ledger::check(engine.view(), &Found::default()).await?;
    for line in lines {
        if let Line::Done { writer, number, position } = line {
            ensure!(found.batches.get(&position) == Some(&(writer, number)), "{writer}/{number} is not there");
        }
    }
    let (head, number) = ledger::head(&*engine.view(), 0).await?;
    engine.commit(ledger::batch(0, number + 1, head)).await?;
    Ok(())
}

/// Runs the writer on a file system of 24 MB that is filled meanwhile. `None` where the system lets nobody mount one.
fn on_a_small_disk(reserve_bytes: u64) -> Result<Option<Vec<Line>>> {
    let folder = tempfile::tempdir()?;
    // A mount of one's own, gone with the process.
    let private = ["--mount", "--propagation", "private"];
    let mount = r#"mount -t tmpfs -o size=24m tmpfs "$0""#;
    let allowed = Command::new("unshare").args(private).args(["sh", "-c", mount]).arg(folder.path()).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let script = format!(r#"{mount} && exec "$1" "$0/store" {reserve_bytes} "$0/ballast""#);
    let output = Command::new("unshare")
        .args(private)
        .args(["sh", "-c", &script])
        .arg(folder.path())
        .arg(writer().get_program())
        .output()?;
    lines(&output).map(Some)
}

#[test]
fn a_full_disk_refuses_as_full_is_read_and_goes_on_when_there_is_room() -> Result<()> {
    // With a reserve the store stops in good order; without one it runs into the end of the disk.
    for reserve_bytes in [4 << 20, 0] {
        let Some(lines) = on_a_small_disk(reserve_bytes)? else {
            println!("not tried: this system lets nobody mount a small disk");
            return Ok(());
        };
        let refusals = refusals(&lines)?;
        ensure!(refusals.len() as u64 == ledger::WRITERS);
        ensure!(refusals.iter().all(|why| *why == "Full"), "reserve {reserve_bytes}: {refusals:?}");
        ensure!(lines.last() == Some(&Line::Again), "{:?}", lines.last());
    }
    Ok(())
}
