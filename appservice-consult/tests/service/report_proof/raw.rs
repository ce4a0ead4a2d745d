//! What the database recorded of a desk's life, read by queries of another kind than the report's, and without its code: steps by windows, times by subtraction, what
//! was promised by the minutes that the desk promised, who was busy by a grid of minutes.

#![expect(clippy::unwrap_used, reason = "tests")]

use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::{AssertSqlSafe, Row};

use super::desk::{RESOLUTION_MINUTES, RESPONSE_MINUTES, WAIT_MINUTES};

/// Moscow, where the clinic of the tests is, has had no other offset since 2014.
pub const OFFSET_MS: i64 = 3 * 3_600_000;
pub const MINUTE_MS: i64 = 60_000;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// The steps, each with the one after it, by a window over the history alone.
const STEPS: &str = "WITH step AS (SELECT h.consultation_id AS c, h.action, h.at, h.queue_id AS q, h.version,
        lead(h.at) OVER w AS next_at, lead(h.action) OVER w AS next_action, row_number() OVER (PARTITION BY h.consultation_id ORDER BY h.version DESC) AS from_end
    FROM consultation_history h
    WHERE h.action IN ('requested','taken','held','resumed','transferred','closed','cancelled','abandoned','reopened')
    WINDOW w AS (PARTITION BY h.consultation_id ORDER BY h.version))";

/// A consultation. A promise is 1 where it was kept, 0 where it was broken, none where it is not decided.
#[derive(Debug)]
pub struct Talk {
    pub id: String,
    pub asked: i64,
    pub queue: String,
    pub operator: String,
    pub answered_at: Option<i64>,
    pub closed: bool,
    pub left: bool,
    pub transfers: i64,
    pub reopened: bool,
    pub stars: Option<i64>,
    pub wait: Option<i64>,
    pub first_response: Option<i64>,
    pub handling: Option<i64>,
    pub resolution: Option<i64>,
    pub sla_wait: Option<i64>,
    pub sla_first_response: Option<i64>,
    pub sla_resolution: Option<i64>,
}

/// A wait in a queue. Unit: milliseconds since the epoch.
#[derive(Debug)]
pub struct Wait {
    pub queue: String,
    pub from: i64,
    pub until: i64,
}

/// A call; sums over what was measured.
#[derive(Debug)]
pub struct Call {
    pub started: i64,
    pub queue: String,
    pub operator: String,
    pub completed: bool,
    pub both_ms: i64,
    pub reports: i64,
    pub loss: i64,
    pub jitter: i64,
    pub round_trip: i64,
    pub freezes: i64,
}

/// A call-back whose time is over.
#[derive(Debug)]
pub struct Callback {
    pub due: i64,
    pub queue: String,
    pub operator: String,
    pub late: bool,
}

/// A minute of somebody on duty, and how many he led or helped with in it.
#[derive(Debug)]
pub struct Minute {
    pub at: i64,
    pub operator: String,
    pub talks: i64,
}

async fn rows<T>(connection: &mut SqliteConnection, sql: String, read: impl Fn(&SqliteRow) -> T) -> Vec<T> {
    sqlx::query(AssertSqlSafe(sql)).fetch_all(connection).await.unwrap().iter().map(read).collect()
}

pub async fn talks(connection: &mut SqliteConnection, now: i64) -> Vec<Talk> {
    let [wait, response, resolution] =
        [WAIT_MINUTES, RESPONSE_MINUTES, RESOLUTION_MINUTES].map(|minutes| i64::from(minutes) * MINUTE_MS);
    let sql = format!(
        "{STEPS}, of AS (SELECT c, min(at) AS asked, min(CASE WHEN action = 'taken' THEN at END) AS taken, sum(action = 'transferred') AS transfers,
            max(CASE WHEN from_end = 1 THEN action END) AS last_action, max(CASE WHEN from_end = 1 THEN at END) AS last_at,
            sum(CASE WHEN action IN ('taken', 'resumed') THEN coalesce(next_at, {now}) - at ELSE 0 END) AS handled,
            max(CASE WHEN action IN ('requested', 'transferred', 'reopened') THEN coalesce(next_at, {now}) - at END) AS longest
            FROM step GROUP BY c)
        SELECT of.*, k.queue_id, coalesce(k.lead_id, '') AS operator, k.first_answer_at AS answered, r.stars,
            last_action = 'closed' AS closed, last_action IN ('cancelled', 'abandoned') AS went,
            EXISTS (SELECT 1 FROM step s WHERE s.c = of.c AND s.action = 'closed' AND s.next_action = 'reopened' AND s.next_at - s.at <= 86400000)
                OR (last_action = 'closed' AND EXISTS (SELECT 1 FROM consultation b
                    WHERE b.conversation_id = k.conversation_id AND b.requested_at BETWEEN of.last_at AND of.last_at + 86400000)) AS again,
            CASE WHEN longest >= {wait} THEN 0 WHEN taken IS NOT NULL AND last_action NOT IN ('requested', 'transferred', 'reopened') THEN 1 END AS kept_wait,
            CASE WHEN coalesce(k.first_answer_at, k.ended_at, {now}) - asked >= {response} THEN 0 WHEN k.first_answer_at IS NOT NULL THEN 1 END AS kept_response,
            CASE WHEN coalesce(k.ended_at, {now}) - asked >= {resolution} THEN 0 WHEN last_action = 'closed' THEN 1 END AS kept_resolution
        FROM of JOIN consultation k ON k.id = of.c LEFT JOIN rating r ON r.consultation_id = of.c"
    );
    rows(connection, sql, |row| {
        let number = |name: &str| row.get::<Option<i64>, _>(name);
        let flag = |name: &str| number(name) == Some(1);
        let (asked, answered_at, closed) = (number("asked").unwrap(), number("answered"), flag("closed"));
        Talk {
            id: row.get("c"),
            asked,
            queue: row.get("queue_id"),
            operator: row.get("operator"),
            answered_at,
            closed,
            left: flag("went"),
            transfers: number("transfers").unwrap(),
            reopened: flag("again"),
            stars: number("stars").filter(|_| closed),
            wait: answered_at.map(|at| (at - asked) / 1_000),
            first_response: answered_at.zip(number("taken")).map(|(at, taken)| (at - taken) / 1_000),
            handling: number("handled").filter(|_| closed).map(|handled| handled / 1_000),
            resolution: number("last_at").filter(|_| closed).map(|at| (at - asked) / 1_000),
            sla_wait: number("kept_wait"),
            sla_first_response: number("kept_response"),
            sla_resolution: number("kept_resolution"),
        }
    })
    .await
}

pub async fn waits(connection: &mut SqliteConnection, now: i64) -> Vec<Wait> {
    let sql = format!(
        "{STEPS} SELECT q, at, coalesce(next_at, {now}) AS until FROM step WHERE action IN ('requested', 'transferred', 'reopened')"
    );
    rows(connection, sql, |row| Wait { queue: row.get("q"), from: row.get("at"), until: row.get("until") }).await
}

pub async fn calls(connection: &mut SqliteConnection) -> Vec<Call> {
    let sql = "WITH both_sides AS (SELECT c.id, sum(max(0, min(coalesce(p.left_at, c.ended_at), coalesce(s.left_at, c.ended_at), c.ended_at) - max(p.joined_at, s.joined_at))) AS ms
            FROM call c JOIN call_span p ON p.call_id = c.id AND p.side = 'patient' JOIN call_span s ON s.call_id = c.id AND s.side = 'staff' GROUP BY c.id)
        SELECT c.started_at, coalesce(k.queue_id, '') AS queue, coalesce(o.id, '') AS operator, b.ms,
            (SELECT count(*) FROM call_quality q WHERE q.call_id = c.id) AS reports,
            (SELECT coalesce(sum(loss_permille), 0) FROM call_quality q WHERE q.call_id = c.id) AS loss,
            (SELECT coalesce(sum(jitter_ms), 0) FROM call_quality q WHERE q.call_id = c.id) AS jitter,
            (SELECT coalesce(sum(round_trip_ms), 0) FROM call_quality q WHERE q.call_id = c.id) AS round_trip,
            (SELECT coalesce(sum(freezes), 0) FROM call_quality q WHERE q.call_id = c.id) AS freezes
        FROM call c LEFT JOIN consultation k ON k.id = c.consultation_id LEFT JOIN both_sides b ON b.id = c.id
        LEFT JOIN operator o ON o.user_id = iif(c.caller_side = 'staff', c.caller_user, c.answered_user)";
    rows(connection, sql.to_owned(), |row| Call {
        started: row.get("started_at"),
        queue: row.get("queue"),
        operator: row.get("operator"),
        completed: row.get::<Option<i64>, _>("ms").is_some(),
        both_ms: row.get::<Option<i64>, _>("ms").unwrap_or(0),
        reports: row.get("reports"),
        loss: row.get("loss"),
        jitter: row.get("jitter"),
        round_trip: row.get("round_trip"),
        freezes: row.get("freezes"),
    })
    .await
}

/// One that was never put off is late by its times alone.
pub async fn callbacks(connection: &mut SqliteConnection, now: i64) -> Vec<Callback> {
    let sql = format!(
        "SELECT b.due_at, b.queue_id, coalesce(b.operator_id, '') AS operator,
            CASE WHEN b.attempts = 0 THEN coalesce(b.ended_at, {now}) >= b.due_at
                ELSE EXISTS (SELECT 1 FROM callback_history h WHERE h.callback_id = b.id AND h.action = 'overdue') END AS late
        FROM callback b WHERE b.due_at < {now} AND b.ending IS NOT 'cancelled'"
    );
    rows(connection, sql, |row| Callback {
        due: row.get("due_at"),
        queue: row.get("queue_id"),
        operator: row.get("operator"),
        late: row.get::<i64, _>("late") == 1,
    })
    .await
}

/// Duty and business on a grid of minutes, each looked at in its middle: the clock of the tests has moved in whole minutes.
pub async fn minutes(connection: &mut SqliteConnection, begun: i64, now: i64) -> Vec<Minute> {
    let sql = format!(
        "{STEPS}, minute AS (SELECT {begun} + 30000 AS m UNION ALL SELECT m + 60000 FROM minute WHERE m + 60000 < {now}),
        duty AS (SELECT m, operator_id AS o FROM minute JOIN operator_status s
            ON s.since <= m AND coalesce(s.until, {now}) > m AND s.status IN ('online', 'transfer_only', 'going_off')),
        held AS (SELECT c, at, coalesce(next_at, {now}) AS until FROM step WHERE action = 'held')
        SELECT m, o, (SELECT count(*) FROM participant p WHERE p.operator_id = d.o AND p.joined_at <= d.m AND coalesce(p.left_at, {now}) > d.m
            AND p.role <> 'observer' AND NOT EXISTS (SELECT 1 FROM held h WHERE h.c = p.consultation_id AND h.at <= d.m AND h.until > d.m)) AS talks
        FROM duty d"
    );
    rows(connection, sql, |row| Minute { at: row.get("m"), operator: row.get("o"), talks: row.get("talks") }).await
}

/// The day of a moment, `YYYY-MM-DD` in Moscow.
pub fn day(at_ms: i64) -> String {
    local(at_ms).date().to_string()
}

/// The key of the row that a moment belongs to, in a report by time.
pub fn time_key(group: &str, at_ms: i64) -> String {
    let local = local(at_ms);
    match group {
        "hour" => format!("{:02}", local.hour()),
        "day" => local.date().to_string(),
        _ => {
            let week = local.date().iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
    }
}

fn local(at_ms: i64) -> jiff::civil::DateTime {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_millisecond(at_ms + OFFSET_MS).unwrap())
}
