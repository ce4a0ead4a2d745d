//! What a brand must fulfil beyond the shape of its file. Each finding names the key of `brand.toml` and the remedy.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::hours::HOURS_MAX;
use super::palette::{LowContrast, Palettes, nearest_passing};
use super::{Brand, Localized, Queue};
use crate::Problem;
use crate::check::{Findings, is_slug};

/// Text keys that every brand has in each of its languages.
pub const REQUIRED_TEXTS: [&str; 5] = ["home.title", "home.greeting", "emergency", "trust.statement", "consent"];

/// Each is looked at whenever a queue's hours are: a year of two countries has fewer.
const HOLIDAYS_MAX: usize = 100;
/// The same, of one queue.
const CLOSURES_MAX: usize = 200;
/// Every patient's list shows all of them, with what waits there.
const QUEUES_MAX: usize = 200;
/// Longer than a day nobody waits for a console that was lost. Unit: minutes.
const RETURN_AFTER_MINUTES_MAX: u32 = 24 * 60;
/// Shortest and longest silence of a patient after which his consultation is closed: a month is long enough to be over. Unit: minutes.
const SILENT_CLOSE_MINUTES: std::ops::RangeInclusive<u32> = 4..=30 * 24 * 60;

/// Shortest and longest end of a voice message: under ten seconds nothing is said, and half an hour nobody listens to. Unit: seconds.
const VOICE_MESSAGE_SECONDS: std::ops::RangeInclusive<u32> = 10..=1800;

/// Kinds of picture that browsers show and this server serves.
const PICTURES: [&str; 3] = ["svg", "png", "webp"];

impl Brand {
    /// Everything that is wrong with this brand; empty when it can be used.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Findings::default();
        self.check_files(&mut found);
        self.check_contrast(&mut found);
        self.check_own_laws(&mut found);
        self.check_prepared_tags(&mut found);
        self.check_prepared_replies(&mut found);
        self.check_prepared_macros(&mut found);
        let mut problems = self.settings_problems();
        problems.extend(found.into_problems());
        problems
    }

    /// The same without what files and colours could do to it: what a change of settings can break.
    pub fn settings_problems(&self) -> Vec<Problem> {
        let mut found = Findings::default();
        self.check_identity(&mut found);
        self.check_names(&mut found);
        self.check_voice_messages(&mut found);
        self.check_texts(&mut found);
        self.check_contacts(&mut found);
        self.check_security(&mut found);
        self.check_legal(&mut found);
        self.check_statuses(&mut found);
        self.check_circles(&mut found);
        self.check_queues(&mut found);
        self.check_holidays(&mut found);
        self.check_callback_form(&mut found);
        self.check_conclusions(&mut found);
        self.check_questionnaires(&mut found);
        self.check_fields(&mut found);
        self.check_retention(&mut found);
        self.check_consents(&mut found);
        self.check_rules(&mut found);
        found.into_problems()
    }

    fn check_identity(&self, found: &mut Findings) {
        let folder = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
        if !is_slug(&self.id) {
            found
                .refuse(
                    "id",
                    format!("`{}` is not a short name", self.id),
                    "Use 1 to 32 of a-z, 0-9 and -, a letter first.",
                )
                .code("short_name");
        } else if folder.is_some_and(|folder| folder != self.id) {
            found
                .refuse(
                    "id",
                    format!("`{}` is not the folder's name", self.id),
                    "Give the folder and the brand the same name.",
                )
                .code("folder_name");
        }
        let capitals = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
        if !capitals(&self.country, 2) {
            found
                .refuse("country", format!("`{}` is not a country code", self.country), "Use ISO 3166-1, such as RU.")
                .code("country_code");
        }
        if !capitals(&self.currency, 3) {
            found
                .refuse("currency", format!("`{}` is not a currency code", self.currency), "Use ISO 4217, such as RUB.")
                .code("currency_code");
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            let what = format!("`{}` is not a known time zone", self.time_zone);
            found.refuse("time_zone", what, "Use an IANA name, such as Europe/Moscow.").code("time_zone");
        }
        let distinct: BTreeSet<&String> = self.languages.iter().collect();
        if distinct.is_empty() || distinct.len() < self.languages.len() {
            found
                .refuse("languages", "it is empty or names one twice", "Name each language of the brand once.")
                .code("languages_once");
        }
        if !self.languages.contains(&self.default_language) {
            let what = format!("`{}` is not one of `languages`", self.default_language);
            found
                .refuse("default_language", what, "Choose one of them, or add it.")
                .code("not_a_language")
                .with("language", &self.default_language);
        }
    }

    fn check_names(&self, found: &mut Findings) {
        self.check_localized("name", &self.name, found);
        self.check_localized("legal_name", &self.legal_name, found);
        if let Some(address) = &self.contacts.address {
            self.check_localized("contacts.address", address, found);
        }
        for circle in self.circles.iter().filter(|_| !self.has_default_circles()) {
            self.check_localized(&format!("circles.{}.name", circle.id), &circle.name, found);
        }
        for queue in &self.queues {
            self.check_localized(&format!("queues.{}.name", queue.id), &queue.name, found);
            self.check_localized(&format!("queues.{}.description", queue.id), &queue.description, found);
        }
    }

    fn check_voice_messages(&self, found: &mut Findings) {
        let seconds = self.features.voice_message_seconds;
        if !VOICE_MESSAGE_SECONDS.contains(&seconds) {
            found.add(
                "features.voice_message_seconds",
                format!("{seconds} seconds are not between 10 and 1800"),
                "Give a length between 10 and 1800 seconds, or set features.voice_messages = false.",
            );
        }
    }

    /// The built-in circle is named in the product's languages, whichever the brand speaks.
    fn has_default_circles(&self) -> bool {
        matches!(self.circles.as_slice(), [one] if one.name == super::queue::default_circles()[0].name)
    }

    pub(super) fn check_localized(&self, key: &str, text: &Localized, found: &mut Findings) {
        for language in &self.languages {
            if text.iter().all(|(known, text)| known != language || text.trim().is_empty()) {
                found
                    .refuse(key, format!("there is no text in `{language}`"), "Give one for each of `languages`.")
                    .code("missing_language")
                    .with("language", language);
            }
        }
        for (language, _) in text.iter().filter(|(language, _)| !self.languages.iter().any(|known| known == language)) {
            found
                .refuse(
                    key,
                    format!("`{language}` is not one of `languages`"),
                    "Remove that text, or add the language.",
                )
                .code("not_a_language")
                .with("language", language);
        }
    }

    /// Names each language whose text is longer than that. Unit: characters.
    pub(super) fn check_length(key: &str, text: &Localized, most: usize, found: &mut Findings) {
        for (language, _) in text.iter().filter(|(_, text)| text.trim().chars().count() > most) {
            let what = format!("the text in `{language}` has more than {most} characters");
            found
                .refuse(key, what, "Say it in fewer words.")
                .code("too_long")
                .with("language", language)
                .with("most", most);
        }
    }

    fn check_texts(&self, found: &mut Findings) {
        let keys: BTreeSet<&str> =
            self.texts.values().flat_map(|texts| texts.keys().map(String::as_str)).chain(REQUIRED_TEXTS).collect();
        for language in &self.languages {
            let texts = self.texts.get(language);
            for key in &keys {
                if texts.and_then(|texts| texts.get(*key)).is_none_or(|text| text.trim().is_empty()) {
                    let remedy = if REQUIRED_TEXTS.contains(key) {
                        "Every brand needs this text in each of its languages."
                    } else {
                        "Another language has it: translate it, or remove it there."
                    };
                    found.refuse(&format!("texts.{language}.{key}"), "it is missing", remedy).code("required");
                }
            }
        }
        for language in self.texts.keys().filter(|language| !self.languages.contains(language)) {
            found
                .refuse(&format!("texts.{language}"), "it is not one of `languages`", "Remove it, or add the language.")
                .code("not_a_language")
                .with("language", language);
        }
    }

    fn check_files(&self, found: &mut Findings) {
        let logo = &self.logo;
        let files = [
            ("logo.light", Some(&logo.light)),
            ("logo.dark", logo.dark.as_ref()),
            ("logo.icon", Some(&logo.icon)),
            ("logo.icon_png", logo.icon_png.as_ref()),
        ];
        for (key, file) in files.into_iter().filter_map(|(key, file)| Some((key, file?))) {
            self.check_file(key, file, &PICTURES, found);
        }
        for document in &self.legal {
            for (language, file) in document.files.iter() {
                self.check_file(&format!("legal.{}.files.{language}", document.id), file, &["html"], found);
            }
        }
    }

    fn check_file(&self, key: &str, file: &str, kinds: &[&str], found: &mut Findings) {
        let path = Path::new(file);
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            found
                .refuse(key, format!("`{file}` leads out of the brand folder"), "Name a file inside it.")
                .code("outside_folder");
        } else if !kinds.contains(&kind) {
            found
                .refuse(key, format!("`{file}` is of an unknown kind"), format!("Use one of: {}.", kinds.join(", ")))
                .code("file_kind");
        } else if !self.folder.join(path).is_file() {
            found
                .refuse(key, format!("there is no file `{file}` in the brand folder"), "Add it, or name another.")
                .code("no_file")
                .with("file", file);
        }
    }

    fn check_contacts(&self, found: &mut Findings) {
        let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let contacts = &self.contacts;
        if let Some(phone) = &contacts.phone
            && !phone.strip_prefix('+').is_some_and(|phone| digits(phone, 7..=15))
        {
            found
                .refuse(
                    "contacts.phone",
                    format!("`{phone}` is not a telephone number"),
                    "Use +, country code and number.",
                )
                .code("phone");
        }
        if let Some(phone) = &contacts.emergency_phone
            && !digits(phone.trim_start_matches('+'), 2..=15)
        {
            found
                .refuse(
                    "contacts.emergency_phone",
                    format!("`{phone}` is not a number to call"),
                    "Use digits, such as 112.",
                )
                .code("call_number");
        }
        if let Some(email) = &contacts.email
            && !email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        {
            found
                .refuse("contacts.email", format!("`{email}` is not an e-mail address"), "Use name@domain.")
                .code("email");
        }
    }

    fn check_circles(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for circle in &self.circles {
            check_id("circles", &circle.id, &mut ids, found);
        }
        if self.circles.is_empty() {
            found
                .refuse("circles", "there is none", "Remove the key to get the one circle `general`.")
                .code("one_circle");
        }
    }

    fn check_queues(&self, found: &mut Findings) {
        let mut ids = BTreeSet::new();
        for queue in &self.queues {
            check_id("queues", &queue.id, &mut ids, found);
            self.check_queue(queue, found);
        }
        if self.queues.iter().all(|queue| queue.retired) {
            let what = if self.queues.is_empty() { "there is none" } else { "all are retired" };
            found
                .refuse("queues", what, "A brand offers at least one service: add a [[queues]], or bring one back.")
                .code("one_queue");
        }
        if self.queues.len() > QUEUES_MAX {
            found
                .refuse("queues", format!("there are more than {QUEUES_MAX}"), "Remove those that are retired.")
                .code("too_many")
                .with("most", QUEUES_MAX);
        }
    }

    fn check_queue(&self, queue: &Queue, found: &mut Findings) {
        let key = |name: &str| format!("queues.{}.{name}", queue.id);
        if !self.circles.iter().any(|circle| circle.id == queue.circle) {
            found
                .refuse(&key("circle"), format!("there is no circle `{}`", queue.circle), "Add it to [[circles]].")
                .code("no_circle")
                .with("name", &queue.circle);
        }
        for language in queue.languages.iter().filter(|language| !self.languages.contains(language)) {
            found
                .refuse(
                    &key("languages"),
                    format!("`{language}` is not one of `languages`"),
                    "Remove it, or add it there.",
                )
                .code("not_a_language")
                .with("language", language);
        }
        if !is_slug(&queue.icon) {
            found
                .refuse(
                    &key("icon"),
                    format!("`{}` is not an icon name", queue.icon),
                    "Use a Tabler name: stethoscope.",
                )
                .code("icon");
        }
        if let Some(price) = &queue.price
            && price.amount_minor <= 0
        {
            found
                .refuse(&key("price.amount_minor"), "it is not above 0", "Remove the price of a free service.")
                .code("above_zero");
        }
        if queue.priority > 100 {
            found
                .refuse(&key("priority"), format!("{} is above 100", queue.priority), "Use 0 to 100.")
                .code("range")
                .with("from", 0)
                .with("to", 100);
        }
        check_numbers(queue, found);
        check_absence(queue, found);
        self.check_routing(queue, found);
        check_hours(queue, found);
    }

    fn check_routing(&self, queue: &Queue, found: &mut Findings) {
        let Some(overflow) = &queue.routing.overflow else { return };
        let helps = self.queue(&overflow.queue).filter(|helping| helping.id != queue.id);
        if helps.is_none_or(|helping| helping.circle != queue.circle) {
            let what = format!("`{}` is no other queue of the circle `{}`", overflow.queue, queue.circle);
            let remedy = "Its operators will read the history: name a queue of the same circle.";
            found.refuse(&format!("queues.{}.routing.overflow.queue", queue.id), what, remedy).code("overflow");
        }
    }

    fn check_holidays(&self, found: &mut Findings) {
        for (place, holiday) in self.holidays.iter().enumerate() {
            self.check_localized(&format!("holidays[{place}].name"), &holiday.name, found);
        }
        if self.holidays.len() > HOLIDAYS_MAX {
            let what = format!("there are more than {HOLIDAYS_MAX}");
            found
                .refuse(
                    "holidays",
                    what,
                    "Write those of each year once, such as 01-07, and remove those that have passed.",
                )
                .code("too_many")
                .with("most", HOLIDAYS_MAX);
        }
    }

    fn check_contrast(&self, found: &mut Findings) {
        let low = Palettes::derive(&self.colors).low_contrasts();
        if low.is_empty() {
            return;
        }
        let passing = nearest_passing(&self.colors);
        for (role, chosen, passing) in
            [("brand", self.colors.brand, passing.brand), ("accent", self.colors.accent, passing.accent)]
        {
            // The worst pair is enough to name: a remedy for it heals the rest.
            let pairs = low.iter().filter(|pair| pair.front.0 == role || pair.back.0 == role);
            if let Some(pair) =
                pairs.min_by(|one, two| (one.contrast / one.needed).total_cmp(&(two.contrast / two.needed)))
            {
                let remedy = format!("{chosen} is too light; {passing} is the nearest that passes.");
                found.refuse(&format!("colors.{role}"), describe(pair), remedy).code("contrast");
            }
        }
    }
}

fn describe(pair: &LowContrast) -> String {
    let LowContrast { ground, front, back, contrast, needed } = pair;
    format!(
        "`{}` {} on `{}` {} has contrast {contrast:.2}:1 on {ground} ground and needs {needed}:1 (WCAG AA)",
        front.0, front.1, back.0, back.1
    )
}

fn check_numbers(queue: &Queue, found: &mut Findings) {
    let key = |name: &str| format!("queues.{}.{name}", queue.id);
    let terms = &queue.callback;
    for (name, value) in [
        ("capacity", queue.capacity),
        ("abandon_after_minutes", queue.abandon_after_minutes),
        ("callback.due_minutes", terms.due_minutes),
        ("callback.retry_minutes", terms.retry_minutes),
        ("callback.long_wait_minutes", terms.long_wait_minutes),
        ("routing.offer_seconds", queue.routing.offer_seconds),
        ("routing.weight", queue.routing.weight),
    ] {
        if value == 0 {
            found.refuse(&key(name), "it is 0", "Use at least 1.").code("at_least").with("least", 1);
        }
    }
    let weight = queue.routing.weight;
    if let Some(idle) = queue.routing.idle_weight.filter(|idle| *idle > weight) {
        found
            .refuse(
                &key("routing.idle_weight"),
                format!("{idle} is more than `weight`, {weight}"),
                "Use at most as much, or remove it: then it takes as much.",
            )
            .code("range")
            .with("from", 0)
            .with("to", weight);
    }
    check_promises(queue, found);
}

/// Priorities that a queue's promises tell apart: more is no promise that a desk can keep in mind.
const SLA_PRIORITIES_MAX: usize = 10;

fn check_promises(queue: &Queue, found: &mut Findings) {
    let key = |name: &str| format!("queues.{}.{name}", queue.id);
    let sla = &queue.sla;
    let of_all = [
        ("sla.wait_minutes".to_owned(), sla.wait_minutes),
        ("sla.first_response_minutes".to_owned(), sla.first_response_minutes),
        ("sla.resolution_minutes".to_owned(), sla.resolution_minutes),
    ];
    let by_priority = sla.by_priority.iter().enumerate().flat_map(|(at, row)| {
        let times = [
            ("wait_minutes", row.wait_minutes),
            ("first_response_minutes", row.first_response_minutes),
            ("resolution_minutes", row.resolution_minutes),
        ];
        times.map(|(name, minutes)| (format!("sla.by_priority[{at}].{name}"), minutes))
    });
    for (name, _) in of_all.into_iter().chain(by_priority).filter(|(_, minutes)| *minutes == Some(0)) {
        found
            .refuse(&key(&name), "it is 0", "Use at least 1, or remove it to promise nothing.")
            .code("at_least")
            .with("least", 1);
    }
    if sla.by_priority.len() > SLA_PRIORITIES_MAX {
        found
            .refuse(&key("sla.by_priority"), format!("it names more than {SLA_PRIORITIES_MAX}"), "Name fewer.")
            .code("too_many")
            .with("most", SLA_PRIORITIES_MAX);
    }
    for (at, row) in sla.by_priority.iter().enumerate() {
        let key = key(&format!("sla.by_priority[{at}].priority"));
        if !(1..=100).contains(&row.priority) {
            let what = format!("{} is not 1 to 100", row.priority);
            found.refuse(&key, what, "Use 10 for red flags, say.").code("range").with("from", 1).with("to", 100);
        }
        if sla.by_priority.iter().take(at).any(|before| before.priority == row.priority) {
            found
                .refuse(&key, format!("{} is named twice", row.priority), "Name each priority once.")
                .code("named_twice");
        }
    }
    check_warning(queue, found);
}

fn check_warning(queue: &Queue, found: &mut Findings) {
    let key = |name: &str| format!("queues.{}.{name}", queue.id);
    if !(1..=99).contains(&queue.sla.warn_percent) {
        found
            .refuse(&key("sla.warn_percent"), format!("{} is not 1 to 99", queue.sla.warn_percent), "Use 75, say.")
            .code("range")
            .with("from", 1)
            .with("to", 99);
    }
}

/// How long somebody may be gone, the operator or the patient.
fn check_absence(queue: &Queue, found: &mut Findings) {
    let key = |name: &str| format!("queues.{}.{name}", queue.id);
    let minutes = queue.return_after_minutes;
    if minutes > RETURN_AFTER_MINUTES_MAX {
        let remedy = "Use at most a day, or 0 to leave it with who leads it.";
        found
            .refuse(&key("return_after_minutes"), format!("{minutes} is above {RETURN_AFTER_MINUTES_MAX}"), remedy)
            .code("range")
            .with("from", 0)
            .with("to", RETURN_AFTER_MINUTES_MAX);
    }
    let (from, to) = (SILENT_CLOSE_MINUTES.start(), SILENT_CLOSE_MINUTES.end());
    if let Some(minutes) = queue.silent_close_minutes.filter(|minutes| !SILENT_CLOSE_MINUTES.contains(minutes)) {
        found
            .refuse(
                &key("silent_close_minutes"),
                format!("{minutes} is not {from} to {to}"),
                "Use 1440, say, or remove it to close nothing.",
            )
            .code("range")
            .with("from", from)
            .with("to", to);
    }
}

fn check_hours(queue: &Queue, found: &mut Findings) {
    let key = |name: &str| format!("queues.{}.{name}", queue.id);
    if let Some(zone) = queue.time_zone.as_ref().filter(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
        let what = format!("`{zone}` is not a known time zone");
        found.refuse(&key("time_zone"), what, "Use an IANA name, such as Europe/Moscow.").code("time_zone");
    }
    for (place, hours) in queue.hours.iter().enumerate() {
        if !hours.is_time() {
            let what = format!("{} to {} is no time of a day", hours.from, hours.to);
            found
                .refuse(
                    &key(&format!("hours[{place}]")),
                    what,
                    "Name days, and an end later than the begin; split a night in two.",
                )
                .code("later_end");
        }
    }
    let closures = queue.closures.iter().enumerate();
    for (place, closure) in closures.filter(|(_, closure)| closure.to <= closure.from) {
        let what = format!("{} to {} is no time", closure.from, closure.to);
        found
            .refuse(&key(&format!("closures[{place}]")), what, "Give it an end later than its begin.")
            .code("later_end");
    }
    if queue.hours.len() > HOURS_MAX {
        let what = format!("there are more than {HOURS_MAX}");
        found
            .refuse(&key("hours"), what, "Write days with the same times together.")
            .code("too_many")
            .with("most", HOURS_MAX);
    }
    if queue.closures.len() > CLOSURES_MAX {
        let what = format!("there are more than {CLOSURES_MAX}");
        found
            .refuse(&key("closures"), what, "Remove those that have passed.")
            .code("too_many")
            .with("most", CLOSURES_MAX);
    }
}

pub(super) fn check_id<'a>(list: &str, id: &'a str, seen: &mut BTreeSet<&'a str>, found: &mut Findings) {
    if !is_slug(id) {
        found
            .refuse(
                &format!("{list}.id"),
                format!("`{id}` is not a short name"),
                "Use 1 to 32 of a-z, 0-9 and -, a letter first.",
            )
            .code("short_name")
            .with("name", id);
    }
    if !seen.insert(id) {
        found
            .refuse(&format!("{list}.id"), format!("`{id}` stands twice"), "Give each its own id.")
            .code("twice")
            .with("name", id);
    }
}
