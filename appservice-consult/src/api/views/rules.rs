//! Rules of the desk, for supervisors.

use consilium_config::Brand;
use consilium_config::brand::Section;

use super::SupervisorView;
use crate::api::problem::ApiError;
use crate::api::types::{FieldError, Page, RuleRun, RuleRunQuery, RuleTried, RuleTry};
use crate::ids::RuleRunId;
use crate::page;
use crate::rules::{self, Attempt, Filter};
use crate::settings::{self, SettingsError};

/// Consultations that a dry run looks at where nobody says how many.
const LAST_DEFAULT: u32 = 100;
/// And at most: each costs some reading.
const LAST_MAX: u32 = 500;
/// The name that a rule has while it is tried.
const TRIED: &str = "tried";

impl SupervisorView {
    /// What a rule would have matched.
    pub async fn try_rule(&self, tried: RuleTry) -> Result<RuleTried, ApiError> {
        let last = tried.last.unwrap_or(LAST_DEFAULT);
        if !(1..=LAST_MAX).contains(&last) {
            return Err(ApiError::invalid("last", "A try looks at 1 to 500."));
        }
        let tenant = self.staff.tenant();
        let section = Section::Rule(TRIED.to_owned());
        let brand = tenant.brand();
        // As many rules as there may be do not keep one from being tried.
        let alone = Brand { rules: Vec::new(), ..Brand::clone(&brand) };
        let with = alone
            .changed(&section, Some(&tried.content))
            .map_err(|problems| ApiError::invalid_fields(problems.iter().map(FieldError::from).collect()))?;
        let rule = with.rule(TRIED).ok_or_else(ApiError::not_found)?;
        let mut reading = tenant.store.read_at_length().await?;
        settings::check_tags(&mut reading, Some(rule)).await.map_err(|error| match error {
            SettingsError::Invalid(errors) => ApiError::invalid_fields(errors),
            other => ApiError::internal(other),
        })?;
        let found = rules::attempt(&mut reading, tenant, Attempt { rule, last: u64::from(last) }).await?;
        Ok(self.staff.presenter().rule_tried(found))
    }

    /// What rules did.
    pub async fn rule_runs(&self, query: RuleRunQuery) -> Result<Page<RuleRun>, ApiError> {
        let RuleRunQuery { rule_id, consultation_id, open_alarms, limit, cursor } = query;
        let filter = Filter { rule: rule_id, consultation: consultation_id, open_alarms: open_alarms.unwrap_or(false) };
        let mut reading = self.staff.tenant().store.read_at_length().await?;
        let listed = rules::list(&mut reading, &filter, page::limit(limit), cursor.as_deref()).await?;
        let items = self.staff.presenter().rule_runs(&mut reading, listed.records).await?;
        Ok(Page::new(items, listed.next_cursor, listed.total))
    }

    /// Takes note of an alarm.
    pub async fn see_rule_alarm(&self, id: &RuleRunId) -> Result<RuleRun, ApiError> {
        let staff = &self.staff;
        let run = rules::see(staff.tenant(), id, &staff.member.id, &staff.actor()).await?;
        let mut reading = staff.tenant().store.read().await?;
        staff.presenter().rule_runs(&mut reading, vec![run]).await?.pop().ok_or_else(ApiError::not_found)
    }
}
