//! The first start of a newer build: what becomes of the database is said before it is done, with the backup that leads back.

use std::io::{BufRead, BufReader};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::installation::{FEW_CONNECTIONS, Installation};
use crate::process::{consilium, run, text};

/// A database as an earlier build left it.
const EARLIER: &str = include_str!("../../appservice-consult/tests/service/released/0022.sql");
const SAID: &str = "has schema 22 and is now brought to";

async fn with_an_earlier_database() -> Installation {
    let made = Installation::make();
    let folder = made.data().join("tenants/yew");
    for name in ["consult.db", "consult.db-wal", "consult.db-shm"] {
        // Whether those beside it are there is the library's affair.
        let _ = std::fs::remove_file(folder.join(name));
    }
    let options = SqliteConnectOptions::new().filename(folder.join("consult.db")).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(EARLIER).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    made
}

#[tokio::test]
async fn a_start_says_first_which_backup_leads_back() {
    let made = with_an_earlier_database().await;
    let backups = tempfile::tempdir().unwrap();
    let backup = backups.path().join("monday.tar");
    std::fs::write(&backup, "all of it").unwrap();
    let mut serve = consilium(&["serve", "--config", &made.config()])
        .envs([FEW_CONNECTIONS])
        .env("CONSILIUM__DOCTOR__BACKUPS", backups.path())
        .spawn()
        .unwrap();
    // By then it would have been done unsaid.
    let is_enough = |line: &String| line.contains(SAID) || line.contains("listening");
    let said = BufReader::new(serve.stderr.take().unwrap()).lines().map_while(Result::ok).find(is_enough);
    serve.kill().unwrap();
    serve.wait().unwrap();
    let said = said.unwrap();
    assert!(said.contains(SAID) && said.contains(&format!("{}, 0 hours old", backup.display())), "{said}");
}

#[tokio::test]
async fn a_command_that_comes_first_says_it_too_and_what_is_missing() {
    let made = with_an_earlier_database().await;
    let told = text(&run(&["user", "list", "--config", &made.config()]).stderr);
    assert!(told.contains(SAID) && told.contains("`backups` in [doctor]"), "{told}");
}
