//! `consilium init`: begins an installation of a partner's own: configuration, brand, the keeper's key, the first supervisor. All of it, or nothing.
//!
//! | file | decides |
//! |---|---|
//! | `answers.rs` | what has to be known, and what it is by default |
//! | `ask.rs` `typed.rs` | asking for it, and how what was typed is understood |
//! | `defaults.rs` | what follows for whoever says nothing |
//! | `contradictions.rs` | whether it fits together |
//! | `plan.rs` | the files that are made of it |
//! | `template.rs` | the brand that one begins with |
//! | `place.rs` | where, and that it is all or nothing |
//! | `next_steps.rs` | what is told in the end |
//!
//! Deliberately absent: changing an installation that is there (`tenant`, `user`, an editor); anything invented: people are the demonstration's (`demo.rs`).

mod answers;
mod ask;
mod contradictions;
mod defaults;
mod next_steps;
mod place;
mod plan;
mod template;
#[cfg(test)]
mod testing;
mod typed;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use consilium_homeserver::Context;

use answers::{Answers, Given};
use ask::{Ask, Mode};
use place::{Place, Supervisor};
use plan::Plan;

use super::signals;

/// What `consilium init` is told.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Folder of the installation: absent or empty; the folder above it has to be there.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Asks nothing: what is not given takes its default, and what has none (`--name`, `--public`) is refused.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    given: Given,
}

/// Asks for what was not given, makes the installation and tells what to do next.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    // Before anything is asked: an answer that was typed for nothing is a bad beginning.
    let place = Place::find(&arguments.folder, arguments.given.keys.as_deref())?;
    let plan = Plan::make(answers(arguments)?, &place.key, &Context::system())?;
    let supervisor = made_or_nothing(&place, &plan).await?;
    let binary = std::env::current_exe();
    let binary = binary.as_deref().unwrap_or(Path::new("consilium"));
    let text = next_steps::text(&place, &plan, &supervisor, binary);
    std::io::stdout().write_all(text.as_bytes()).context("the installation is made, and what to do next cannot be told")
}

/// Makes it. A signal is heard when the stores are closed again, a second or two later: a folder is never taken away under an open one.
async fn made_or_nothing(place: &Place, plan: &Plan) -> anyhow::Result<Supervisor> {
    let signals = signals::listen()?;
    let making = place::make(place, plan);
    tokio::pin!(making);
    let made = tokio::select! {
        made = &mut making => made,
        () = signals.wait() => {
            drop(making.await);
            bail!("stopped by a signal; what was begun is taken away");
        }
    };
    Ok(made.context("nothing was made")?.keep())
}

fn answers(arguments: Arguments) -> anyhow::Result<Answers> {
    let mode = if arguments.yes { Mode::TakesDefaults } else { Mode::Asks };
    // Questions go where no password goes that is printed in the end.
    Answers::take(arguments.given, &mut Ask::new(std::io::stdin().lock(), std::io::stderr(), mode))
}
