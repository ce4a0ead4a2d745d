//! A report as a table for a spreadsheet (RFC 4180).

use crate::api::types::{CallFigures, Report, ReportFigures, SlaFigures, Spread};
use crate::spreadsheet::plain;

const HEAD: [&str; 50] = [
    "key",
    "name",
    "entered",
    "answered",
    "closed",
    "abandoned",
    "abandonment_permille",
    "wait_median_seconds",
    "wait_p90_seconds",
    "first_response_median_seconds",
    "first_response_p90_seconds",
    "handling_median_seconds",
    "handling_p90_seconds",
    "resolution_median_seconds",
    "resolution_p90_seconds",
    "transfers",
    "reopened",
    "rated",
    "rating_permille",
    "response_permille",
    "sla_kept",
    "sla_broken",
    "sla_kept_permille",
    "sla_wait_kept",
    "sla_wait_broken",
    "sla_wait_kept_permille",
    "sla_first_response_kept",
    "sla_first_response_broken",
    "sla_first_response_kept_permille",
    "sla_resolution_kept",
    "sla_resolution_broken",
    "sla_resolution_kept_permille",
    "depth_average_permille",
    "depth_max",
    "calls",
    "calls_completed",
    "call_seconds",
    "calls_measured",
    "calls_poor",
    "call_loss_permille",
    "call_jitter_ms",
    "call_round_trip_ms",
    "call_freezes",
    "callbacks_due",
    "callbacks_on_time",
    "callbacks_on_time_permille",
    "on_duty_seconds",
    "occupancy_permille",
    "concurrency_permille",
    "is_total",
];

/// The rows, and the whole period as the last one.
pub fn csv(report: &Report) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD)?;
    for row in &report.rows {
        table.write_record(line(&row.key, row.name.as_deref().unwrap_or_default(), &row.figures, 0))?;
    }
    table.write_record(line("", "", &report.total, 1))?;
    table.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn line(key: &str, name: &str, figures: &ReportFigures, is_total: u8) -> Vec<String> {
    let mut cells = vec![plain(key), plain(name)];
    cells.extend([figures.entered, figures.answered, figures.closed, figures.abandoned].map(|count| count.to_string()));
    cells.push(or_empty(figures.abandonment_permille));
    for spread in [figures.wait, figures.first_response, figures.handling, figures.resolution] {
        cells.push(or_empty(spread.map(|Spread { median_seconds, .. }| median_seconds)));
        cells.push(or_empty(spread.map(|Spread { p90_seconds, .. }| p90_seconds)));
    }
    cells.extend([figures.transfers, figures.reopened, figures.rated].map(|count| count.to_string()));
    cells.extend([figures.rating_permille, figures.response_permille].map(or_empty));
    for promise in [figures.sla, figures.sla_wait, figures.sla_first_response, figures.sla_resolution] {
        let SlaFigures { kept, broken, kept_permille } = promise;
        cells.extend([kept.to_string(), broken.to_string(), or_empty(kept_permille)]);
    }
    cells.extend([figures.depth_average_permille, figures.depth_max].map(or_empty));
    cells.extend([figures.calls, figures.calls_completed].map(|count| count.to_string()));
    cells.push(figures.call_seconds.to_string());
    let CallFigures { measured, poor, loss_permille, jitter_ms, round_trip_ms, freezes } = figures.call_quality;
    cells.extend([measured, poor].map(|count| count.to_string()));
    cells.extend([loss_permille, jitter_ms, round_trip_ms].map(or_empty));
    cells.push(freezes.to_string());
    cells.extend([figures.callbacks_due, figures.callbacks_on_time].map(|count| count.to_string()));
    let rest = [
        figures.callbacks_on_time_permille,
        figures.on_duty_seconds,
        figures.occupancy_permille,
        figures.concurrency_permille,
    ];
    cells.extend(rest.map(or_empty));
    cells.push(is_total.to_string());
    cells
}

fn or_empty(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::csv;
    use crate::api::types::{Report, ReportFigures, ReportGroup, ReportRow, Spread};

    #[test]
    fn a_table_has_a_head_the_rows_and_the_whole_and_runs_no_formula() {
        let figures = ReportFigures {
            entered: 3,
            wait: Some(Spread { median_seconds: 60, p90_seconds: 90 }),
            ..ReportFigures::default()
        };
        let row = ReportRow { key: "q".into(), name: Some("=HYPERLINK(\"x\"), \"y\"".into()), figures };
        let report = Report {
            time_zone: "UTC".into(),
            group: ReportGroup::Queue,
            rows: vec![row],
            total: ReportFigures::default(),
        };
        let text = String::from_utf8(csv(&report).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("key,name,entered,"));
        assert_eq!(
            lines[1],
            "q,\"'=HYPERLINK(\"\"x\"\"), \"\"y\"\"\",3,0,0,0,,60,90,,,,,,,0,0,0,,,0,0,,0,0,,0,0,,0,0,,,,0,0,0,0,0,,,,0,0,0,,,,,0"
        );
        assert_eq!(lines[2], ",,0,0,0,0,,,,,,,,,,0,0,0,,,0,0,,0,0,,0,0,,0,0,,,,0,0,0,0,0,,,,0,0,0,,,,,1");
    }
}
