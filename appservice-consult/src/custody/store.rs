//! Rows of custody and of releases.

use sea_query::{Expr, ExprTrait, OnConflict, Order, Query};

use crate::ids::PatientId;
use crate::store::tables::{Custody as Table, SecretRelease};
use crate::store::{Row, Session, StoreError, Writing};
use crate::tenant::Tenant;
use crate::tenant_key::{Place, TenantKey};
use crate::time::Time;
use crate::words::Word;

/// Releases of a patient that are kept to be shown: more sign-ins than anybody looks back at.
const RELEASES_MAX: u64 = 20;

/// Who keeps a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptBy {
    /// The keeper.
    Clinic,
    /// The patient himself.
    Person,
}

impl Word for KeptBy {
    const NAME: &'static str = "custody";
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Clinic, "clinic"), (Self::Person, "person")];
}

/// A device that was given the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Time,
    /// The device.
    pub device_id: String,
    /// What it calls itself.
    pub device_name: Option<String>,
}

/// What a patient is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// Who keeps the secret; none: no device has asked for it yet.
    pub kept_by: Option<KeptBy>,
    /// The newest first, at most 20.
    pub releases: Vec<Release>,
}

fn place(id: &str) -> Place<'_> {
    Place { table: "secret_release", column: "device_name", row: id }
}

/// Who keeps a patient's secret, and who was given it.
pub async fn load(session: &mut Session, key: &TenantKey, patient: &PatientId) -> Result<Custody, StoreError> {
    let mut select = Query::select();
    select.column(Table::KeptBy).from(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    let kept_by =
        session.fetch_one(&select).await?.map(|row| KeptBy::from_word(&row.text(Table::KeptBy)?)).transpose()?;
    let mut select = Query::select();
    select.columns([SecretRelease::Id, SecretRelease::At, SecretRelease::DeviceId, SecretRelease::DeviceName]);
    select.from(SecretRelease::Table).and_where(Expr::col(SecretRelease::PatientId).eq(patient.as_str()));
    select.order_by(SecretRelease::At, Order::Desc).order_by(SecretRelease::Id, Order::Desc).limit(RELEASES_MAX);
    let rows = session.fetch_all(&select).await?;
    Ok(Custody { kept_by, releases: rows.iter().map(|row| read(key, row)).collect::<Result<_, _>>()? })
}

fn read(key: &TenantKey, row: &Row) -> Result<Release, StoreError> {
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Column {
        column: "device_name".to_owned(),
        source,
    };
    let id = row.text(SecretRelease::Id)?;
    let sealed = row.bytes_or_null(SecretRelease::DeviceName)?;
    let name = sealed.map(|sealed| key.open(place(&id), &sealed)).transpose().map_err(|error| broken(error.into()))?;
    Ok(Release {
        at: row.time(SecretRelease::At)?,
        device_id: row.text(SecretRelease::DeviceId)?,
        device_name: name.map(String::from_utf8).transpose().map_err(|error| broken(error.into()))?,
        id,
    })
}

/// Writes down who keeps a patient's secret.
pub(super) async fn set(
    writing: &mut Writing,
    patient: &PatientId,
    kept_by: KeptBy,
    since: Time,
) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::PatientId, Table::KeptBy, Table::Since]);
    insert.values_panic([patient.as_str().into(), kept_by.word().into(), since.as_millis().into()]);
    let changed = Expr::col((Table::Table, Table::KeptBy)).ne(kept_by.word());
    let key = OnConflict::column(Table::PatientId)
        .update_columns([Table::KeptBy, Table::Since])
        .action_and_where(changed)
        .to_owned();
    writing.execute(insert.on_conflict(key)).await.map(drop)
}

/// Forgets who keeps a patient's secret and who was given it, as a part of the deletion of his account.
pub async fn forget(writing: &mut Writing, patient: &PatientId) -> Result<(), StoreError> {
    let mut releases = Query::delete();
    releases.from_table(SecretRelease::Table).and_where(Expr::col(SecretRelease::PatientId).eq(patient.as_str()));
    writing.execute(&releases).await?;
    let mut custody = Query::delete();
    custody.from_table(Table::Table).and_where(Expr::col(Table::PatientId).eq(patient.as_str()));
    writing.execute(&custody).await.map(drop)
}

/// Adds a release, and forgets what is beyond the newest.
pub(super) async fn add_release(
    writing: &mut Writing,
    tenant: &Tenant,
    patient: &PatientId,
    release: &Release,
) -> Result<(), StoreError> {
    let sealed =
        release.device_name.as_ref().map(|name| tenant.key.seal(&tenant.context, place(&release.id), name.as_bytes()));
    let mut insert = Query::insert();
    insert.into_table(SecretRelease::Table).columns([
        SecretRelease::Id,
        SecretRelease::PatientId,
        SecretRelease::At,
        SecretRelease::DeviceId,
        SecretRelease::DeviceName,
    ]);
    insert.values_panic([
        release.id.as_str().into(),
        patient.as_str().into(),
        release.at.as_millis().into(),
        release.device_id.as_str().into(),
        sealed.into(),
    ]);
    writing.execute(&insert).await?;
    let mut kept = Query::select();
    kept.column(SecretRelease::Id).from(SecretRelease::Table);
    kept.and_where(Expr::col(SecretRelease::PatientId).eq(patient.as_str()));
    kept.order_by(SecretRelease::At, Order::Desc).order_by(SecretRelease::Id, Order::Desc).limit(RELEASES_MAX);
    let mut delete = Query::delete();
    delete.from_table(SecretRelease::Table).and_where(Expr::col(SecretRelease::PatientId).eq(patient.as_str()));
    delete.and_where(Expr::col(SecretRelease::Id).not_in_subquery(kept));
    writing.execute(&delete).await.map(drop)
}
