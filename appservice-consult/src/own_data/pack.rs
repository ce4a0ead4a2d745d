//! What is put into the archive, in which order: files and conclusions first, because page and data say what became of each.

use std::io::{BufWriter, Write};

use serde::Serialize;
use tokio::runtime::Handle;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::export::{Asked, ExportError, Sink};
use super::file::{self, ALL_BYTES_MAX, Missing};
use super::gather::{self, ActedFor, Called, Paper, Place, Places, Profile, Read, Said, Talk};
use super::names::Names;
use super::page::Page;
use super::words::Words;
use crate::api::types::{Callback, ConsentEntry};
use crate::archive::{ArchiveError, Share};
use crate::conclusion::{self, ConclusionError, Reader};
use crate::consultation::{Record, record};
use crate::fhir::{self, FhirError};
use crate::patient::PatientRecord;
use crate::store::StoreError;
use crate::tenant::Tenant;

/// Version of the form of `data.json`.
const FORM: u32 = 1;

/// What stands in `data.json` before the consultations.
#[derive(Serialize)]
struct Head<'a> {
    form: u32,
    made_at: crate::time::Time,
    service: &'a str,
    server: &'a str,
    language: &'a str,
    profile: &'a Profile,
    persons: &'a [ActedFor],
}

/// And behind them.
#[derive(Serialize)]
struct Tail<'a> {
    callbacks: &'a [Callback],
    calls: &'a [Called],
    consents: &'a [ConsentEntry],
    readings: &'a [Read],
}

/// One that is being made.
struct Packer<'a> {
    tenant: &'a Tenant,
    handle: &'a Handle,
    asked: &'a Asked,
    page: Page<'a>,
    zip: ZipWriter<StreamWriter<BufWriter<Sink>>>,
    options: SimpleFileOptions,
    names: Names,
    places: Places,
    left: u64,
}

/// Makes a copy, on a thread where it does no harm that it waits.
pub(super) fn pack(
    tenant: &Tenant,
    handle: &Handle,
    asked: &Asked,
    patient: &PatientRecord,
    sink: Sink,
) -> Result<(), ExportError> {
    let now = tenant.zone().to_datetime(tenant.context.now().timestamp());
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(now.year()).unwrap_or_default();
    let time = DateTime::from_date_and_time(
        year,
        part(now.month()),
        part(now.day()),
        part(now.hour()),
        part(now.minute()),
        part(now.second()),
    );
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let words = Words::new(&asked.language, tenant.zone());
    let mut packer = Packer {
        tenant,
        handle,
        asked,
        page: Page { tenant, language: &asked.language, words },
        zip: ZipWriter::new_stream(BufWriter::new(sink)),
        options: time.map_or(options, |time| options.last_modified_time(time)),
        names: Names::default(),
        places: Places::default(),
        left: ALL_BYTES_MAX,
    };
    let records = handle.block_on(async {
        let mut reading = tenant.store.read_at_length().await?;
        record::load_of_patient(&mut reading, &patient.id).await
    })?;
    packer.files(&records)?;
    packer.rest(&records, patient)
}

impl Packer<'_> {
    fn talk(&self, record: &Record) -> Result<Talk, StoreError> {
        self.handle.block_on(gather::talk(self.tenant, &self.asked.language, record, &self.places))
    }

    /// Files and conclusions of all consultations.
    fn files(&mut self, records: &[Record]) -> Result<(), ExportError> {
        for (number, record) in records.iter().enumerate() {
            let talk = self.talk(record)?;
            let day = self.page.words.sorting_day(talk.asked_at);
            let folder = super::names::safe(&format!("{:03} {day} {}", number + 1, talk.service));
            for said in &talk.said {
                self.file(&format!("files/{folder}"), said)?;
            }
            if record.erased_at.is_none() {
                self.papers(record)?;
            }
            if record.erased_at.is_none() && record.sealed.is_some() {
                self.bundle(&folder, record)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, folder: &str, said: &Said) -> Result<(), ExportError> {
        let Some(file) = &said.file else { return Ok(()) };
        let place = match file::fetch(self.tenant, self.handle, &file.sent, self.left) {
            Ok(mut fetched) => {
                let path = self.names.path(folder, &file.name);
                self.left = self.left.saturating_sub(fetched.bytes);
                self.zip.start_file(path.as_str(), self.options)?;
                fetched.write_to(&mut self.zip).map_err(std::io::Error::other)?;
                Place::Path(path)
            }
            Err(why) => Place::Missing(why),
        };
        self.places.files.insert(said.id.clone(), place);
        Ok(())
    }

    /// The signed versions of a conclusion as PDF.
    fn papers(&mut self, record: &Record) -> Result<(), ExportError> {
        let (tenant, reader) = (self.tenant, Reader::Patient(&self.asked.patient));
        let versions = match self.handle.block_on(conclusion::versions(tenant, &record.id, reader)) {
            Ok(versions) => versions,
            Err(ConclusionError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(consultation.id = %record.id, error = %crate::api::problem::chain(&error), "conclusions do not open");
                return Ok(());
            }
        };
        let mut papers = Vec::new();
        for (number, signed) in versions.into_iter().rev() {
            let read = conclusion::read_pdf(tenant, &record.id, Some(signed.version), reader, &self.asked.actor);
            let place = match self.handle.block_on(read) {
                Ok((name, bytes)) => {
                    let path = self.names.path("conclusions", &name);
                    self.write(&path, &bytes)?;
                    Place::Path(path)
                }
                Err(ConclusionError::Store(error)) => return Err(error.into()),
                Err(_) => Place::Missing(Missing::Damaged),
            };
            papers.push(Paper { number, version: signed.version, signed_at: signed.at, place });
        }
        self.places.papers.insert(record.id.clone(), papers);
        Ok(())
    }

    /// The sealed record as FHIR.
    fn bundle(&mut self, name: &str, record: &Record) -> Result<(), ExportError> {
        let export = fhir::export(self.tenant, &record.id, &self.asked.actor, |_| Some(Share::Whole));
        let place = match self.handle.block_on(export) {
            Ok(bundle) => {
                let path = self.names.path("fhir", &format!("{name}.fhir.json"));
                self.write(&path, bundle.as_bytes())?;
                Place::Path(path)
            }
            Err(FhirError::Store(error) | FhirError::Archive(ArchiveError::Store(error))) => return Err(error.into()),
            Err(FhirError::Archive(ArchiveError::NoIdentity)) => Place::Missing(Missing::NoKey),
            Err(error) => {
                tracing::error!(consultation.id = %record.id, error = %crate::api::problem::chain(&error), "a record does not open");
                Place::Missing(Missing::Damaged)
            }
        };
        self.places.bundles.insert(record.id.clone(), place);
        Ok(())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.zip.start_file(path, self.options)?;
        Ok(self.zip.write_all(bytes)?)
    }

    /// The page and the data, which say the same.
    fn rest(mut self, records: &[Record], patient: &PatientRecord) -> Result<(), ExportError> {
        let (tenant, language) = (self.tenant, self.asked.language.as_str());
        let profile = Profile::of(tenant, language, patient);
        let made_at = tenant.context.now();
        let (callbacks, calls, consents, persons, readings) = self.handle.block_on(async {
            let callbacks = gather::callbacks(tenant, language, &patient.id).await?;
            let calls = gather::calls(tenant, &patient.id).await?;
            let mut reading = tenant.store.read_at_length().await?;
            let consents = gather::consents(&mut reading, &patient.id).await?;
            let persons = gather::persons(&mut reading, &tenant.key, &patient.id).await?;
            let readings = gather::readings(&mut reading, &patient.id, records).await?;
            Ok::<_, StoreError>((callbacks, calls, consents, persons, readings))
        })?;
        self.write("index.html", self.page.head(&profile, &persons, records.len(), made_at).as_bytes())?;
        for record in records {
            let part = self.page.talk(&self.talk(record)?);
            self.zip.write_all(part.as_bytes())?;
        }
        self.zip.write_all(self.page.tail(&callbacks, &calls, &consents, &persons, &readings).as_bytes())?;
        let brand = tenant.brand();
        let service = brand.name.get(language, &brand.default_language);
        let server = tenant.server_name.as_str();
        let head = Head { form: FORM, made_at, service, server, language, profile: &profile, persons: &persons };
        self.write("data.json", opened(&head).as_bytes())?;
        self.zip.write_all(b",\n\"consultations\":[")?;
        for (number, record) in records.iter().enumerate() {
            self.zip.write_all(if number == 0 { "\n" } else { ",\n" }.as_bytes())?;
            let talk = self.talk(record)?;
            serde_json::to_writer(&mut self.zip, &talk).map_err(std::io::Error::from)?;
        }
        let tail = Tail { callbacks: &callbacks, calls: &calls, consents: &consents, readings: &readings };
        self.zip.write_all(b"],\n")?;
        self.zip.write_all(json(&tail).trim_start_matches('{').as_bytes())?;
        self.zip.write_all(b"\n")?;
        let mut sink = self.zip.finish()?;
        Ok(sink.flush()?)
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what is exported has only string keys")
}

/// An object without its end, so that something follows in it.
fn opened(value: &impl Serialize) -> String {
    let mut text = json(value);
    text.pop();
    text
}
