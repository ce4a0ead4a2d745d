//! Operators, patients and what is theirs alone.

use std::collections::HashMap;

use sea_query::{Expr, ExprTrait, Func, Query};

use super::Presenter;
use super::queue::windows;
use crate::api::types::{
    Custody as ShownCustody, CustodyBy, Operator, OperatorStatus, PatientRow, SecretRelease, StatusKind, StatusPeriod,
};
use crate::custody::{Custody, KeptBy};
use crate::operator::{self, Member};
use crate::patient::PatientRecord;
use crate::store::tables::Consultation as Table;
use crate::store::{Session, StoreError};

impl Presenter<'_> {
    /// Members of staff with what they have under way.
    pub async fn operators<'m>(
        &self,
        session: &mut Session,
        members: impl IntoIterator<Item = &'m Member>,
    ) -> Result<Vec<Operator>, StoreError> {
        let active = active_by_lead(session).await?;
        let wrapping = operator::wrapping(session, self.tenant).await?;
        let (brand, now) = (self.tenant.brand(), self.tenant.context.now());
        let shown = members.into_iter().map(|member| Operator {
            id: member.id.clone(),
            user_id: member.user_id.clone(),
            name: member.name.clone(),
            title: member.title.clone(),
            grade: member.grade.clone(),
            role: member.role,
            queues: member.queues.clone(),
            skills: member.skills.clone(),
            languages: member.languages.clone(),
            capacity: member.capacity,
            hours: member.schedule.hours.clone(),
            time_zone: member.schedule.time_zone.clone(),
            duty: member.schedule.duty(&brand, &member.queues, now).map(windows),
            status: member.status,
            status_kind: self.status_kind(member.status, member.status_kind.as_deref()),
            status_since: member.status_since,
            status_reason: member.status_reason.clone(),
            wrap_up_until: wrapping.get(&member.id).copied(),
            active_consultations: active.get(member.id.as_str()).copied().unwrap_or(0),
        });
        Ok(shown.collect())
    }

    /// A status of the brand's own, as it is called now.
    pub fn status_kind(&self, of: OperatorStatus, id: Option<&str>) -> Option<StatusKind> {
        let id = id?;
        let brand = self.tenant.brand();
        let known = brand.status(id);
        let name = known.map_or_else(|| id.to_owned(), |known| self.text(&known.name));
        Some(StatusKind { id: id.to_owned(), of, name, color: known.map(|known| known.color).unwrap_or_default() })
    }

    /// Statuses of the brand's own that can be chosen.
    pub fn status_kinds(&self) -> Vec<StatusKind> {
        let brand = self.tenant.brand();
        let offered = brand.statuses.iter().filter(|status| !status.retired);
        offered.filter_map(|status| self.status_kind(operator::base_of(status), Some(status.id.as_str()))).collect()
    }

    /// A time that a member spent in one status.
    pub fn status_period(&self, period: operator::Period) -> StatusPeriod {
        StatusPeriod {
            kind: self.status_kind(period.status, period.kind.as_deref()),
            status: period.status,
            reason: period.reason,
            since: period.since,
            until: period.until,
        }
    }

    /// One member of staff.
    pub async fn operator(&self, session: &mut Session, member: &Member) -> Result<Operator, StoreError> {
        let shown = self.operators(session, [member]).await?.pop();
        shown.ok_or_else(|| StoreError::unknown_value("id", member.id.as_str()))
    }
}

/// A patient in lists; `also`: what else his card is found by.
pub fn patient_row(record: PatientRecord, also: Vec<String>) -> PatientRow {
    PatientRow {
        id: record.id,
        user_id: record.user_id,
        name: record.card.name,
        birth_date: record.card.birth_date.map(|date| date.to_string()),
        sex: record.card.sex,
        phone: record.card.phone,
        email: record.card.email,
        created_at: record.created_at,
        last_consultation_at: record.last_consultation_at,
        consultations: record.consultations,
        also,
    }
}

/// Who keeps the secret of a patient's key backup, as he is shown it.
pub fn custody(custody: Custody) -> ShownCustody {
    ShownCustody {
        kept_by: custody.kept_by.map(|kept_by| match kept_by {
            KeptBy::Clinic => CustodyBy::Clinic,
            KeptBy::Person => CustodyBy::Person,
        }),
        releases: custody
            .releases
            .into_iter()
            .map(|release| SecretRelease {
                id: release.id,
                at: release.at,
                device_id: release.device_id,
                device_name: release.device_name,
            })
            .collect(),
    }
}

async fn active_by_lead(session: &mut Session) -> Result<HashMap<String, u32>, StoreError> {
    let mut select = Query::select();
    select.expr(Func::count(Expr::col(Table::Id))).column(Table::LeadId).from(Table::Table);
    select.and_where(Expr::col(Table::Stage).eq(1_i64)).and_where(Expr::col(Table::LeadId).is_not_null());
    select.group_by_col(Table::LeadId);
    let rows = session.fetch_all(&select).await?;
    let count = |row: &crate::store::Row| {
        Ok((row.text(Table::LeadId)?, u32::try_from(row.first_number()?).unwrap_or(u32::MAX)))
    };
    rows.iter().map(count).collect()
}
