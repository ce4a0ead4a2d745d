//! Names of the table of what rules did and its columns.

use sea_query::Iden;

/// Rules that ran.
#[derive(Clone, Copy, Iden)]
pub enum RuleRun {
    Table,
    Id,
    At,
    RuleId,
    RuleVersion,
    Event,
    ConsultationId,
    CallbackId,
    Done,
    Alarm,
    SeenAt,
    SeenBy,
}
