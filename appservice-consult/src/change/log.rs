//! Rows of the log.

use sea_query::{Expr, ExprTrait, Func, Order, Query};

use crate::store::tables::Change as Table;
use crate::store::{Session, StoreError, Writing, number};
use crate::time::Time;

/// Rows read at once.
pub(super) const BATCH: u64 = 500;

/// What kind of record changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A consultation.
    Consultation,
    /// A queue.
    Queue,
    /// An operator.
    Operator,
    /// The keys that a member of a conversation got.
    Keys,
    /// Who keeps the secret of a patient's key backup, or who was given it.
    Custody,
    /// A call.
    Call,
    /// A call-back.
    Callback,
    /// A note of staff.
    Note,
    /// That a note mentions an operator.
    Mention,
    /// A canned reply.
    Canned,
    /// A macro.
    Macro,
    /// A tag.
    Tag,
    /// A saved view.
    View,
    /// The order in which a member of staff has his views.
    ViewOrder,
    /// A webhook's endpoint.
    Webhook,
    /// A consultation's conclusion.
    Conclusion,
    /// A section of the settings.
    Settings,
    /// What an installation still needs: its checklist, a rehearsal, the end of a demonstration.
    Setup,
    /// What a rule did, or its alarm.
    Rule,
    /// A follow-up.
    FollowUp,
    /// A patient's row in lists.
    Patient,
    /// An invitation of whoever serves a queue.
    QueueInvitation,
}

impl Kind {
    /// The name in the log and on the stream.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Queue => "queue",
            Self::Operator => "operator",
            Self::Keys => "keys",
            Self::Custody => "custody",
            Self::Call => "call",
            Self::Callback => "callback",
            Self::Note => "note",
            Self::Mention => "mention",
            Self::Canned => "canned",
            Self::Macro => "macro",
            Self::Tag => "tag",
            Self::View => "view",
            Self::ViewOrder => "view_order",
            Self::Webhook => "webhook",
            Self::Conclusion => "conclusion",
            Self::Settings => "settings",
            Self::Setup => "setup",
            Self::Rule => "rule",
            Self::FollowUp => "follow_up",
            Self::Patient => "patient",
            Self::QueueInvitation => "queue_invitation",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        let all = [
            Self::Consultation,
            Self::Queue,
            Self::Operator,
            Self::Keys,
            Self::Custody,
            Self::Call,
            Self::Callback,
            Self::Note,
            Self::Mention,
            Self::Canned,
            Self::Macro,
            Self::Tag,
            Self::View,
            Self::ViewOrder,
            Self::Webhook,
            Self::Conclusion,
            Self::Settings,
            Self::Setup,
            Self::Rule,
            Self::FollowUp,
            Self::Patient,
            Self::QueueInvitation,
        ];
        all.into_iter().find(|kind| kind.as_str() == word).ok_or_else(|| StoreError::unknown_value("kind", word))
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number; the event's id.
    pub sequence: i64,
    /// What kind of record.
    pub kind: Kind,
    /// Its id.
    pub subject: String,
    /// The account that it concerns besides staff; for `Keys`, `Custody`, `Mention`, `QueueInvitation`, `ViewOrder`, a personal `Canned` and a
    /// private `View` the only one.
    pub audience: Option<String>,
}

/// Appends a row. The open streams are woken when the transaction commits.
pub async fn append(
    writing: &mut Writing,
    at: Time,
    kind: Kind,
    subject: &str,
    audience: Option<&str>,
) -> Result<(), StoreError> {
    if !writing.touch_changes(kind.as_str(), subject, audience) {
        return Ok(());
    }
    let sequence = number::next(writing, number::CHANGE).await?;
    let mut insert = Query::insert();
    insert.into_table(Table::Table).columns([Table::Sequence, Table::At, Table::Kind, Table::Subject, Table::Audience]);
    insert.values_panic([
        sequence.into(),
        at.as_millis().into(),
        kind.as_str().into(),
        subject.into(),
        audience.into(),
    ]);
    writing.execute(&insert).await.map(drop)
}

/// Rows behind `after`, oldest first, at most [`BATCH`].
pub(super) async fn after(session: &mut Session, after: i64) -> Result<Vec<Change>, StoreError> {
    let mut select = Query::select();
    select.columns([Table::Sequence, Table::Kind, Table::Subject, Table::Audience]).from(Table::Table);
    select.and_where(Expr::col(Table::Sequence).gt(after)).order_by(Table::Sequence, Order::Asc).limit(BATCH);
    let rows = session.fetch_all(&select).await?;
    let change = |row: &crate::store::Row| {
        Ok(Change {
            sequence: row.number(Table::Sequence)?,
            kind: Kind::from_word(&row.text(Table::Kind)?)?,
            subject: row.text(Table::Subject)?,
            audience: row.text_or_null(Table::Audience)?,
        })
    };
    rows.iter().map(change).collect()
}

/// Number of the last row, and of the oldest that is kept.
pub(super) async fn bounds(session: &mut Session) -> Result<(i64, i64), StoreError> {
    let last = number::last(session, number::CHANGE).await?;
    let mut select = Query::select();
    select.expr(Func::min(Expr::col(Table::Sequence))).from(Table::Table);
    let oldest = session.fetch_one(&select).await?.map_or(Ok(None), |row| row.first_number_or_null())?;
    Ok((last, oldest.unwrap_or(last + 1)))
}

/// Forgets all but the newest `keep` rows.
pub async fn trim(writing: &mut Writing, keep: i64) -> Result<(), StoreError> {
    let last = number::last(writing, number::CHANGE).await?;
    let mut delete = Query::delete();
    delete.from_table(Table::Table).and_where(Expr::col(Table::Sequence).lte(last.saturating_sub(keep)));
    writing.execute(&delete).await.map(drop)
}
