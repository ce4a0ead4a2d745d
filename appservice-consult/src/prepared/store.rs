//! What is remembered of the folder's entries.

use sea_query::{OnConflict, Order, Query};

use super::entry::{Key, Kind, Remembered};
use crate::store::tables::BrandEntry as Table;
use crate::store::{Row, Session, StoreError, Writing};

fn read(row: &Row) -> Result<Remembered, StoreError> {
    let kind = row.text(Table::Kind)?;
    let kind = Kind::from_word(&kind).ok_or_else(|| StoreError::unknown_value("kind", &kind))?;
    Ok(Remembered {
        key: Key { kind, id: row.text(Table::Id)? },
        said: row.text_or_null(Table::Folder)?,
        version: row.number(Table::Version)?,
    })
}

/// All of it.
pub(super) async fn load_all(session: &mut Session) -> Result<Vec<Remembered>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Kind, Table::Id, Table::Folder, Table::Version]).from(Table::Table);
    select.order_by(Table::Kind, Order::Asc).order_by(Table::Id, Order::Asc);
    session.fetch_all(&select).await?.iter().map(read).collect()
}

/// Remembers an entry, over what was remembered before.
pub(super) async fn remember(writing: &mut Writing, one: &Remembered) -> Result<(), StoreError> {
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Kind, Table::Id, Table::Folder, Table::Version]);
    insert.values_panic([
        one.key.kind.word().into(),
        one.key.id.as_str().into(),
        one.said.clone().into(),
        one.version.into(),
    ]);
    let written_over =
        OnConflict::columns([Table::Kind, Table::Id]).update_columns([Table::Folder, Table::Version]).to_owned();
    writing.execute(insert.on_conflict(written_over)).await.map(drop)
}
