//! What was acknowledged survives: a writer that is killed at random moments, real disks that are full or refuse.

mod kill;
mod ledger;
mod refuse;

use std::process::Command;

use anyhow::{Context, Result};

/// A line of the writer, see `writer.rs`.
#[derive(Debug, PartialEq)]
enum Line {
    Open,
    Done { writer: u64, number: u64, position: u64 },
    Refused(String),
    Read { position: u64 },
    Again,
}

impl Line {
    fn parse(line: &str) -> Result<Self> {
        let (what, rest) = line.split_once(' ').context("a line without a space")?;
        Ok(match what {
            "open" => Self::Open,
            "done" => {
                let numbers = rest.split(' ').map(str::parse).collect::<Result<Vec<u64>, _>>()?;
                let [writer, number, position] = numbers[..] else { anyhow::bail!("not three numbers: {line}") };
                Self::Done { writer, number, position }
            }
            "refused" => Self::Refused(rest.to_owned()),
            "read" => Self::Read { position: rest.parse()? },
            "again" => Self::Again,
            _ => anyhow::bail!("what is this: {line}"),
        })
    }
}

fn writer() -> Command {
    Command::new(env!("CARGO_BIN_EXE_durability-writer"))
}
