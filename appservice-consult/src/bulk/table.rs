//! Chosen rows as a table for a spreadsheet. What stands there is what the list shows to who asks.

use crate::api::types::{ConsultationRow, PatientRow};
use crate::spreadsheet::{plain, table};
use crate::time::Time;
use crate::words::Word;

const CONSULTATIONS: [&str; 11] = [
    "id",
    "requested_at",
    "patient_id",
    "patient",
    "person",
    "queue",
    "phase",
    "priority",
    "operators",
    "tags",
    "ended_at",
];

const PATIENTS: [&str; 9] =
    ["id", "name", "birth_date", "sex", "phone", "email", "consultations", "last_consultation_at", "created_at"];

/// Consultations.
pub fn of_consultations(rows: &[ConsultationRow]) -> Result<Vec<u8>, csv::Error> {
    table(CONSULTATIONS, rows.iter().map(consultation))
}

/// Patients.
pub fn of_patients(rows: &[PatientRow]) -> Result<Vec<u8>, csv::Error> {
    table(PATIENTS, rows.iter().map(patient))
}

fn consultation(row: &ConsultationRow) -> [String; CONSULTATIONS.len()] {
    let own = &row.consultation;
    let operators: Vec<&str> = own.participants.iter().map(|participant| participant.name.as_str()).collect();
    let tags: Vec<&str> = row.tags.iter().map(|tag| tag.name.as_str()).collect();
    [
        own.id.to_string(),
        own.requested_at.to_string(),
        row.patient.id.to_string(),
        plain(&row.patient.name),
        plain(own.person.as_ref().map(|person| person.name.as_str()).unwrap_or_default()),
        plain(&own.queue.name),
        own.phase.word().to_owned(),
        row.priority.to_string(),
        plain(&operators.join(", ")),
        plain(&tags.join(", ")),
        or_empty(own.ended_at),
    ]
}

fn patient(row: &PatientRow) -> [String; PATIENTS.len()] {
    [
        row.id.to_string(),
        plain(&row.name),
        row.birth_date.clone().unwrap_or_default(),
        row.sex.map(Word::word).unwrap_or_default().to_owned(),
        plain(row.phone.as_deref().unwrap_or_default()),
        plain(row.email.as_deref().unwrap_or_default()),
        row.consultations.to_string(),
        or_empty(row.last_consultation_at),
        row.created_at.to_string(),
    ]
}

fn or_empty(time: Option<Time>) -> String {
    time.map(|time| time.to_string()).unwrap_or_default()
}
