//! Settings, for supervisors.

use consilium_config::brand::Section;

use super::SupervisorView;
use crate::api::problem::ApiError;
use crate::api::types::{
    OperatorRef, Settings, SettingsChange, SettingsChecked, SettingsDocument, SettingsHistory, SettingsHistoryQuery,
    SettingsRestore, SettingsTry,
};
use crate::prepared;
use crate::present::HISTORY_PAGE;
use crate::settings::problem::settings_error;
use crate::settings::{self, Change, SettingsError, Wish};

impl SupervisorView {
    /// All sections.
    pub async fn settings(&self) -> Result<Settings, ApiError> {
        let mut reading = self.staff.tenant().store.read().await?;
        let newest = settings::newest(&mut reading).await?;
        Ok(self.staff.presenter().settings(newest))
    }

    /// What holds, as a `brand.toml`.
    pub async fn exported_settings(&self) -> Result<String, ApiError> {
        let mut reading = self.staff.tenant().store.read_at_length().await?;
        Ok(prepared::export(&mut reading, self.staff.tenant()).await?)
    }

    /// One section.
    pub async fn settings_document(&self, name: &str) -> Result<SettingsDocument, ApiError> {
        let section = section(name)?;
        let mut reading = self.staff.tenant().store.read().await?;
        let newest = settings::newest_of(&mut reading, &section).await?;
        self.staff.presenter().settings_document(&section, newest.as_ref()).ok_or_else(ApiError::not_found)
    }

    /// Makes a further version.
    pub async fn change_settings(&self, name: &str, change: SettingsChange) -> Result<SettingsDocument, ApiError> {
        let SettingsChange { based_on, content, note } = change;
        let content = Some(content).filter(|content| !content.is_null());
        self.make(name, Wish { based_on, change: Change::Write(content), note }).await
    }

    /// Makes a further version with the content of an earlier one.
    pub async fn restore_settings(&self, name: &str, restore: SettingsRestore) -> Result<SettingsDocument, ApiError> {
        let SettingsRestore { based_on, version, note } = restore;
        self.make(name, Wish { based_on, change: Change::Restore(version), note }).await
    }

    async fn make(&self, name: &str, wish: Wish) -> Result<SettingsDocument, ApiError> {
        let (section, staff) = (section(name)?, &self.staff);
        let changed = settings::change(staff.tenant(), &section, wish, &staff.member.id, &staff.actor()).await;
        let changed = changed.map_err(|error| self.failed(error))?;
        let shown = staff.presenter().settings_document(&section, changed.version.as_ref());
        shown.ok_or_else(ApiError::not_found)
    }

    /// How a content would do.
    pub async fn check_settings(&self, name: &str, tried: SettingsTry) -> Result<SettingsChecked, ApiError> {
        let section = section(name)?;
        let content = Some(&tried.content).filter(|content| !content.is_null());
        let checked = settings::check(self.staff.tenant(), &section, content).await;
        let checked = checked.map_err(|error| self.failed(error))?;
        Ok(self.staff.presenter().settings_checked(&section, checked))
    }

    /// Who changed what.
    pub async fn settings_history(
        &self,
        name: &str,
        query: &SettingsHistoryQuery,
    ) -> Result<SettingsHistory, ApiError> {
        let section = section(name)?;
        let mut reading = self.staff.tenant().store.read().await?;
        // One more: the oldest shown is compared with the one before it.
        let versions = settings::history(&mut reading, &section, query.before, HISTORY_PAGE as u64 + 1).await?;
        if versions.is_empty() && query.before.is_none() && self.staff.tenant().brand().content(&section).is_none() {
            return Err(ApiError::not_found());
        }
        Ok(self.staff.presenter().settings_history(&section, &versions))
    }

    fn failed(&self, error: SettingsError) -> ApiError {
        let presenter = self.staff.presenter();
        settings_error(error, |id| -> OperatorRef { presenter.operator_ref(id) })
    }
}

fn section(name: &str) -> Result<Section, ApiError> {
    name.parse().map_err(|_| ApiError::not_found())
}
