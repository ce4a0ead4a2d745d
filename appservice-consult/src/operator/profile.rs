//! What can be changed of a member of staff, and whether it can be so. Pure.

use consilium_config::Brand;
use serde::{Deserialize, Serialize};

use super::schedule::Schedule;
use super::service::OperatorError;
use super::staff::Member;
use crate::api::types::{FieldError, NewOperator, OperatorChange, OperatorRole};
use crate::ids::QueueId;
use crate::letters;

/// How much a new member can have at once: a chat of most queues counts one.
const CAPACITY: u32 = 4;
const CAPACITY_MAX: u32 = 1_000;
const SKILLS_MAX: usize = 50;
/// Longest name, title, grade, skill and reason. Unit: characters.
const TEXT_CHARACTERS_MAX: usize = 200;

/// What can be changed of a member; a version of him keeps it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Name to show.
    pub name: String,
    /// Profession or post.
    pub title: Option<String>,
    /// Grade, such as a category or a degree.
    pub grade: Option<String>,
    /// Rights.
    pub role: OperatorRole,
    /// Queues that he serves.
    pub queues: Vec<QueueId>,
    /// What he can do, in the desk's words.
    pub skills: Vec<String>,
    /// What he speaks, as the brand names languages.
    pub languages: Vec<String>,
    /// How much he can have at once, in weights of queues.
    pub capacity: u32,
    /// When he is on duty. Versions from before there was such a thing have none.
    #[serde(flatten)]
    pub schedule: Schedule,
}

impl Profile {
    /// That of a member.
    pub fn of(member: &Member) -> Self {
        Self {
            name: member.name.clone(),
            title: member.title.clone(),
            grade: member.grade.clone(),
            role: member.role,
            queues: member.queues.clone(),
            skills: member.skills.clone(),
            languages: member.languages.clone(),
            capacity: member.capacity,
            schedule: member.schedule.clone(),
        }
    }

    /// That of somebody new.
    pub(super) fn new(new: NewOperator) -> Self {
        Self {
            name: new.name,
            title: new.title,
            grade: new.grade,
            role: new.role,
            queues: new.queues,
            skills: new.skills,
            languages: new.languages,
            capacity: new.capacity.unwrap_or(CAPACITY),
            schedule: Schedule { hours: new.hours, time_zone: new.time_zone },
        }
    }

    /// The same without queues and languages that the brand has no more.
    pub(super) fn known_to(mut self, brand: &Brand) -> Self {
        self.queues.retain(|queue| brand.queue(queue.as_str()).is_some());
        self.languages.retain(|language| brand.languages.contains(language));
        self
    }

    /// The same with what is wanted of it.
    pub(super) fn changed(self, change: OperatorChange) -> Self {
        Self {
            name: change.name.unwrap_or(self.name),
            title: change.title.unwrap_or(self.title),
            grade: change.grade.unwrap_or(self.grade),
            role: change.role.unwrap_or(self.role),
            queues: change.queues.unwrap_or(self.queues),
            skills: change.skills.unwrap_or(self.skills),
            languages: change.languages.unwrap_or(self.languages),
            capacity: change.capacity.unwrap_or(self.capacity),
            schedule: Schedule {
                hours: change.hours.unwrap_or(self.schedule.hours),
                time_zone: change.time_zone.unwrap_or(self.schedule.time_zone),
            },
        }
    }

    /// The same as it is kept, if it can be so.
    ///
    /// Errors: `Invalid`.
    pub(super) fn checked(self, brand: &Brand) -> Result<Self, OperatorError> {
        if self.capacity > CAPACITY_MAX {
            let wrong = FieldError::new("capacity", "0 to 1000").code("range");
            return Err(OperatorError::Invalid(wrong.with("from", 0).with("to", CAPACITY_MAX)));
        }
        Ok(Self {
            name: checked_text("name", &self.name)?,
            title: checked_line("title", self.title)?,
            grade: checked_line("grade", self.grade)?,
            role: self.role,
            queues: checked_queues(brand, self.queues)?,
            skills: checked_skills(&self.skills)?,
            languages: checked_languages(brand, self.languages)?,
            capacity: self.capacity,
            schedule: self.schedule.checked()?,
        })
    }

    /// The member with it.
    pub(super) fn put_on(self, member: &Member) -> Member {
        let Self { name, title, grade, role, queues, skills, languages, capacity, schedule } = self;
        Member { name, title, grade, role, queues, skills, languages, capacity, schedule, ..member.clone() }
    }
}

/// A text of one line that has to be there.
pub(super) fn checked_text(field: &str, text: &str) -> Result<String, OperatorError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > TEXT_CHARACTERS_MAX || letters::has_control(text) {
        let wrong = FieldError::new(field, "1 to 200 characters").code("how_long");
        return Err(OperatorError::Invalid(wrong.with("from", 1).with("to", TEXT_CHARACTERS_MAX)));
    }
    Ok(text.to_owned())
}

fn checked_line(field: &str, line: Option<String>) -> Result<Option<String>, OperatorError> {
    line.filter(|line| !line.trim().is_empty()).map(|line| checked_text(field, &line)).transpose()
}

fn checked_skills(skills: &[String]) -> Result<Vec<String>, OperatorError> {
    if skills.len() > SKILLS_MAX {
        let wrong = FieldError::new("skills", "at most 50").code("too_many");
        return Err(OperatorError::Invalid(wrong.with("most", SKILLS_MAX)));
    }
    let mut skills = skills.iter().map(|skill| checked_text("skills", skill)).collect::<Result<Vec<_>, _>>()?;
    skills.sort();
    skills.dedup();
    Ok(skills)
}

fn checked_languages(brand: &Brand, mut languages: Vec<String>) -> Result<Vec<String>, OperatorError> {
    languages.sort();
    languages.dedup();
    if languages.iter().any(|language| !brand.languages.contains(language)) {
        let wrong = FieldError::new("languages", "languages of this brand").code("brand_language");
        return Err(OperatorError::Invalid(wrong));
    }
    Ok(languages)
}

fn checked_queues(brand: &Brand, mut queues: Vec<QueueId>) -> Result<Vec<QueueId>, OperatorError> {
    queues.sort();
    queues.dedup();
    if queues.iter().any(|queue| brand.queue(queue.as_str()).is_none()) {
        let wrong = FieldError::new("queues", "ids of this brand's queues").code("no_queue");
        return Err(OperatorError::Invalid(wrong));
    }
    Ok(queues)
}
