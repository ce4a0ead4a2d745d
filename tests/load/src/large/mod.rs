//! A desk after a year of work: a million consultations of 200,000 patients, 500 members of staff. Filled in once (`fill`), then measured in turn.
//!
//! What the archive's records hold is not there: lists do not look into it. Absent: full text, which needs them; `million_texts` among the service's tests measures it.

mod consoles;
mod fill;
mod intake;
mod lists;
mod reports;
mod takes;

use std::{
    pin::Pin,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use http::Method;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::{
    client::{Client, text, unique},
    desk::Desk,
    report::{self, Figure},
    scenario::{Options, consultation::QUEUE},
};

/// Below this there is nobody for everything that is measured.
pub const CONSULTATIONS_MIN: i64 = 5_000;
/// Members of staff; the first of them are supervisors.
const STAFF: usize = 500;
const SUPERVISORS: usize = 8;
/// Accounts that are made at once: more than cores, because each waits for the disk too.
const AT_ONCE: usize = 4;
/// How long what follows from steps may take to be carried out.
const PATIENCE: Duration = Duration::from_mins(5);
const LOOK_EVERY: Duration = Duration::from_millis(50);

type Run<'a> = Pin<Box<dyn Future<Output = Result<Vec<Figure>>> + 'a>>;

/// Something that is measured on the large desk, as often as is asked for, and what of its medians is printed.
struct Measure {
    name: &'static str,
    run: for<'a> fn(&'a Large) -> Run<'a>,
    shown: fn(Vec<Figure>) -> Vec<Figure>,
}

fn all() -> Vec<Measure> {
    vec![
        Measure { name: "large desk: lists", run: |large| Box::pin(lists::pages(large)), shown: lists::slowest },
        measure("large desk: report of a month", |large| Box::pin(reports::month(large))),
        measure("large desk: takes", |large| Box::pin(takes::take(large))),
        measure("large desk: a change in 500 consoles", |large| Box::pin(consoles::changes(large))),
        measure("large desk: 500 consoles", |large| Box::pin(consoles::memory(large))),
        measure("large desk: intake", |large| Box::pin(intake::events(large))),
    ]
}

fn measure(name: &'static str, run: for<'a> fn(&'a Large) -> Run<'a>) -> Measure {
    Measure { name, run, shown: |figures| figures }
}

/// Measures what has `only` in its name, each `runs` times, and prints the medians; how many figures miss their target.
pub async fn measure_all(options: &Options, runs: usize, only: &str) -> Result<usize> {
    let wanted: Vec<Measure> = all().into_iter().filter(|measure| measure.name.contains(only)).collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    let large = Large::start(options).await?;
    let mut missed = 0;
    for measure in wanted {
        let mut figures = Vec::with_capacity(runs);
        for _ in 0..runs {
            figures.push((measure.run)(&large).await?);
        }
        missed += report::print(measure.name, &(measure.shown)(report::median(figures)));
    }
    Ok(missed)
}

/// The desk, running.
struct Large {
    desk: Desk,
    staff: Vec<Client>,
    /// Those who take, each with a device that has keys; made when they are needed first.
    takers: OnceCell<Vec<Client>>,
    /// First and last day of the month that reports are about, as the API writes days.
    month: (String, String),
}

impl Large {
    /// Starts it, makes the accounts of its staff, and fills in the rest while it does not run.
    async fn start(options: &Options) -> Result<Self> {
        let mut desk = Desk::start(options).await?;
        let address = desk.address;
        let accounts = (0..STAFF).map(|number| async move { Client::register(address, &login(number)).await });
        let staff: Vec<Client> = stream::iter(accounts).buffered(AT_ONCE).try_collect().await?;
        desk.stop()?;
        let begun = Instant::now();
        let month = fill::fill(&desk, &fill::Size::of(options.consultations))?;
        eprintln!("the large desk was filled in {:.0} s", begun.elapsed().as_secs_f64());
        desk.go_on().await?;
        let large = Self { desk, staff, takers: OnceCell::new(), month };
        large.must_show("/consultations", options.consultations).await?;
        Ok(large)
    }

    /// Whether a list has as many rows as were filled in, as far as it counts them: a short one would be fast.
    async fn must_show(&self, path: &str, rows: u32) -> Result<()> {
        let page = self.colleague(0).await?.call(Method::GET, &api(path), &Value::Null).await?;
        let (rows, counted) = (u64::from(rows), page["total"].as_u64().context("a page has a total")?);
        let whole = if page["at_least"] == true { counted < rows } else { counted == rows };
        ensure!(whole, "{path} has {counted} rows instead of {rows}");
        Ok(())
    }

    /// A member of staff on a connection of his own.
    async fn colleague(&self, number: usize) -> Result<Client> {
        self.staff[number].again().await
    }

    /// New patients with an account and an agreement, and no consultation yet.
    async fn patients(&self, count: usize) -> Result<Vec<Client>> {
        let desk = &self.desk;
        let patients = (0..count).map(|_| async move { desk.account_of_patient(&format!("asks{}", unique())).await });
        stream::iter(patients).buffered(AT_ONCE).try_collect().await
    }

    /// Until everything that follows from what was done is done.
    async fn until_quiet(&self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let database = self.database()?;
        loop {
            let open = "SELECT count(*) FROM effect WHERE failed IS NULL";
            let effects: u32 = database.query_row(open, (), |row| row.get(0))?;
            if effects == 0 {
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "{effects} effects are still to be carried out");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The service's database, to look into.
    fn database(&self) -> Result<Connection> {
        let file = self.desk.tenant_folder().join("consult.db");
        Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .context("the database cannot be looked into")
    }
}

/// A patient asks; the id of the consultation.
async fn ask(patient: &mut Client) -> Result<String> {
    let body = json!({ "queue_id": QUEUE, "request_id": uuid::Uuid::from_u128(u128::from(unique())) });
    text(&patient.call(Method::POST, &api("/consultations"), &body).await?, "id")
}

/// The name that a member of staff signs in with.
fn login(number: usize) -> String {
    format!("staff{number}")
}

fn api(path: &str) -> String {
    format!("/_consilium/v1{path}")
}
