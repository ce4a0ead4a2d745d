//! How a list of consultations finds its rows: by what names them elsewhere (a tag, a field, a rating, who took part) while these are few, so that they are looked
//! up and sorted; else in the list's own order, each row asked whether it is named, which finds a page soon because many are. Which of both is decided here and
//! not by the database, whose statistics are of samples.

use sea_query::{Alias, Cond, Expr, ExprTrait, Query, SelectStatement};

use crate::ids::PatientId;
use crate::page::{self, Total};
use crate::store::tables::{Consultation as Table, Participant, Patient};
use crate::store::{Session, StoreError};

/// Up to so many are looked up and sorted. Of more than these, one in two hundred of a million, a walk in order meets a page's rows within some thousands.
pub const LOOKED_UP_MAX: u32 = 5_000;

/// What a list is led by, under this name; no column of a consultation is called like its own.
const LEAD: &str = "found";
/// The account of a patient there.
const ACCOUNT: &str = "account_id";

/// Consultations that rows of another table name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Their ids, once each, in a column `consultation_id`.
    pub ids: SelectStatement,
    /// The same as a condition on one row of a consultation.
    pub here: Expr,
}

impl Named {
    /// Of a plain selection whose table has one row for a consultation: `consultation` is its column there.
    pub fn by(ids: SelectStatement, consultation: Expr) -> Self {
        let mut here = ids.clone();
        here.and_where(consultation.eq(Expr::col((Table::Table, Table::Id))));
        Self { ids, here: Expr::exists(here) }
    }
}

/// Where a list begins.
#[derive(Debug, Clone)]
enum Lead {
    /// Ids, in a column `consultation_id`.
    Ids(Box<SelectStatement>),
    /// Accounts of patients.
    Accounts(Vec<String>),
}

/// Which rows a list has, and how they are found.
#[derive(Debug, Clone)]
pub struct Found {
    lead: Option<Lead>,
    /// What is too long to lead a page, and still the shortest way to count.
    counted_by: Option<SelectStatement>,
    condition: Cond,
}

impl Found {
    /// Rows that a condition describes.
    pub fn by(condition: Cond) -> Self {
        Self { lead: None, counted_by: None, condition }
    }

    /// Only those that also fulfil this.
    pub fn add(&mut self, condition: impl Into<Cond>) {
        self.condition = std::mem::replace(&mut self.condition, Cond::all()).add(condition);
    }

    /// Only those of these patients.
    pub fn of_patients(&mut self, patients: &[PatientId]) {
        let accounts = patients.iter().map(|id| id.as_str().to_owned());
        match self.lead {
            None => self.lead = Some(Lead::Accounts(accounts.collect())),
            Some(_) => self.add(Expr::col(Table::PatientId).is_in(accounts)),
        }
    }

    /// Only those that are named elsewhere; whether they are few is looked at.
    pub async fn named(&mut self, session: &mut Session, named: Named) -> Result<(), StoreError> {
        let are_few = self.lead.is_none() && are_few(session, &named.ids).await?;
        self.named_by(named, are_few);
        Ok(())
    }

    /// Only those of these ids, which are few.
    pub fn looked_up(&mut self, ids: SelectStatement) {
        match self.lead {
            None => self.lead = Some(Lead::Ids(Box::new(ids))),
            Some(_) => self.add(Expr::col((Table::Table, Table::Id)).in_subquery(ids)),
        }
    }

    /// The same where it is known whether they are few.
    pub fn named_by(&mut self, Named { ids, here }: Named, are_few: bool) {
        if are_few && self.lead.is_none() {
            self.looked_up(ids);
        } else {
            self.add(here);
            self.counted_by.get_or_insert(ids);
        }
    }

    /// The rows as a selection that has no columns yet. What is unqualified in it is the consultation's.
    pub fn rows(&self) -> SelectStatement {
        self.led_by(self.lead.as_ref())
    }

    /// How many rows there are.
    pub async fn count(&self, session: &mut Session) -> Result<Total, StoreError> {
        let shortest = self.counted_by.clone().filter(|_| self.lead.is_none()).map(|ids| Lead::Ids(Box::new(ids)));
        page::count(session, self.led_by(shortest.as_ref().or(self.lead.as_ref()))).await
    }

    /// The same where no more than `candidates` are looked at by what is not named elsewhere: while these are few, nothing is shorter.
    pub async fn count_among(&self, session: &mut Session, candidates: i64) -> Result<Total, StoreError> {
        if candidates <= i64::from(LOOKED_UP_MAX) {
            page::count(session, self.rows()).await
        } else {
            self.count(session).await
        }
    }

    fn led_by(&self, lead: Option<&Lead>) -> SelectStatement {
        let mut select = Query::select();
        match lead {
            None => {
                select.from(Table::Table);
            }
            // A cross join is carried out as it is written: the lead first, then each row by its key.
            Some(Lead::Ids(ids)) => {
                let named = Expr::col((Alias::new(LEAD), Participant::ConsultationId));
                select.from_subquery(ids.as_ref().clone(), Alias::new(LEAD)).cross_join(Table::Table);
                select.and_where(named.eq(Expr::col((Table::Table, Table::Id))));
            }
            Some(Lead::Accounts(accounts)) => {
                let mut patients = Query::select();
                patients.expr_as(Expr::col(Patient::Id), Alias::new(ACCOUNT)).from(Patient::Table);
                patients.and_where(Expr::col(Patient::Id).is_in(accounts.iter().map(String::as_str)));
                let account = Expr::col((Alias::new(LEAD), Alias::new(ACCOUNT)));
                select.from_subquery(patients, Alias::new(LEAD)).cross_join(Table::Table);
                select.and_where(account.eq(Expr::col((Table::Table, Table::PatientId))));
            }
        }
        select.cond_where(self.condition.clone());
        select
    }
}

async fn are_few(session: &mut Session, ids: &SelectStatement) -> Result<bool, StoreError> {
    let mut all = Query::select();
    all.from_subquery(ids.clone(), Alias::new(LEAD));
    Ok(!page::count_up_to(session, all, LOOKED_UP_MAX).await?.at_least)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use rusqlite::Connection;
    use sea_query::{Cond, Expr, ExprTrait, Order, Query, SqliteQueryBuilder};

    use super::{Found, Named};
    use crate::store::Store;
    use crate::store::tables::{Consultation as Table, ConsultationTag as Tag};

    fn tagged() -> Named {
        let mut ids = Query::select();
        ids.column(Tag::ConsultationId).from(Tag::Table).and_where(Expr::col(Tag::TagId).eq("t"));
        Named::by(ids, Expr::col((Tag::Table, Tag::ConsultationId)))
    }

    /// What is done first for the newest of what has ended.
    fn first_step(database: &Connection, found: &Found) -> String {
        let mut rows = found.rows();
        rows.column(Table::Id).order_by(Table::RequestedAt, Order::Desc).order_by(Table::Id, Order::Desc).limit(51);
        let sql = format!("EXPLAIN QUERY PLAN {}", rows.to_string(SqliteQueryBuilder));
        database.query_row(&sql, [], |row| row.get("detail")).unwrap()
    }

    #[tokio::test]
    async fn few_are_looked_up_and_many_are_met_in_the_lists_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("consult.db");
        let store = Store::open(&path).await.unwrap();
        let database = Connection::open(&path).unwrap();
        let ended = || Found::by(Cond::all().add(Expr::col(Table::Stage).eq(3_i64)));
        let (mut few, mut many, mut of_some) = (ended(), ended(), ended());
        few.named_by(tagged(), true);
        many.named_by(tagged(), false);
        of_some.of_patients(&["p".into(), "q".into()]);
        assert!(first_step(&database, &few).starts_with("SEARCH consultation_tag "));
        assert!(first_step(&database, &many).starts_with("SEARCH consultation USING "));
        assert!(first_step(&database, &of_some).starts_with("SEARCH patient "));
        // Each counts by the shortest way, and where there is nothing it is nothing.
        let mut reading = store.read().await.unwrap();
        for found in [&few, &many, &of_some] {
            let total = found.count(&mut reading).await.unwrap();
            assert_eq!((total.rows, total.at_least), (0, false));
        }
    }
}
