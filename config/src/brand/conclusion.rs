//! Conclusions: what an operator writes down for the patient at the end of a consultation, by a template of sections.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::check_id;
use super::{Brand, Localized, Queue};
use crate::check::Findings;

/// A document of more sections is a form that nobody fills in.
const SECTIONS_MAX: usize = 20;
/// A supervisor has to find the right one in a list.
const TEMPLATES_MAX: usize = 100;

/// Whether operators of a queue write a conclusion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConclusionNeed {
    /// None is written.
    #[default]
    Off,
    /// One can be written.
    Optional,
    /// A consultation is not closed before one is signed.
    Required,
}

/// What a conclusion consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = ConclusionTemplateSettings)]
#[serde(deny_unknown_fields)]
pub struct ConclusionTemplate {
    /// Short name: 1 to 32 of `a-z 0-9 -`. Conclusions remember which one they were written by.
    #[schema(ignore)]
    pub id: String,
    /// Title of the document, by language.
    pub title: Localized,
    /// Sections, in the order of the document: 1 to 20.
    pub sections: Vec<ConclusionSection>,
}

/// One section of a conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[schema(as = ConclusionSectionSettings)]
#[serde(deny_unknown_fields)]
pub struct ConclusionSection {
    /// Short name, such as `complaint` or `advice`: 1 to 32 of `a-z 0-9 -`. It cannot change once conclusions exist.
    pub code: String,
    /// Heading, by language.
    pub title: Localized,
    /// What to write here, for the operator, by language. Default: none.
    #[serde(default)]
    pub hint: Option<Localized>,
    /// Whether a conclusion cannot be signed without it. Default: false.
    #[serde(default)]
    pub required: bool,
}

impl Brand {
    /// The template that a queue's conclusions are written by; none where none is written.
    pub fn conclusion_template(&self, queue: &Queue) -> Option<&ConclusionTemplate> {
        if queue.conclusion == ConclusionNeed::Off {
            return None;
        }
        match &queue.conclusion_template {
            Some(id) => self.conclusions.iter().find(|template| template.id == *id),
            None => self.conclusions.first(),
        }
    }

    pub(super) fn check_conclusions(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        if self.conclusions.len() > TEMPLATES_MAX {
            found
                .refuse(
                    "conclusions",
                    format!("there are more than {TEMPLATES_MAX}"),
                    "Remove those that no queue names.",
                )
                .code("too_many")
                .with("most", TEMPLATES_MAX);
        }
        for template in &self.conclusions {
            check_id("conclusions", &template.id, &mut ids, found);
            self.check_conclusion(template, found);
        }
        for queue in &self.queues {
            let is_written = queue.conclusion != ConclusionNeed::Off;
            if is_written && self.conclusion_template(queue).is_none() {
                let (key, remedy) = match &queue.conclusion_template {
                    Some(_) => ("conclusion_template", "Name the id of one of [[conclusions]]."),
                    None => ("conclusion", "Add a template to [[conclusions]], or say \"off\"."),
                };
                found
                    .refuse(&format!("queues.{}.{key}", queue.id), "there is no such template", remedy)
                    .code("no_template");
            }
        }
    }

    fn check_conclusion(&self, template: &ConclusionTemplate, found: &mut Findings) {
        let key = format!("conclusions.{}", template.id);
        self.check_localized(&format!("{key}.title"), &template.title, found);
        if template.sections.is_empty() || template.sections.len() > SECTIONS_MAX {
            let what = format!("there are {} sections", template.sections.len());
            found
                .refuse(&format!("{key}.sections"), what, format!("Use 1 to {SECTIONS_MAX}."))
                .code("how_many")
                .with("from", 1)
                .with("to", SECTIONS_MAX);
        }
        let mut codes = BTreeSet::new();
        for section in &template.sections {
            check_id(&format!("{key}.sections"), &section.code, &mut codes, found);
            self.check_localized(&format!("{key}.sections.{}.title", section.code), &section.title, found);
            if let Some(hint) = &section.hint {
                self.check_localized(&format!("{key}.sections.{}.hint", section.code), hint, found);
            }
        }
    }
}
