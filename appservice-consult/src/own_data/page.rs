//! `index.html`: the copy for people, written part by part.

use super::gather::{self, ActedFor, Called, Paper, Place, Profile, Read, Said, SaidFile, Talk};
use super::words::Words;
use crate::api::types::{Answered, AnsweredItem, Callback, ConsentEntry, SenderKind, TranscriptKind};
use crate::html::Html;
use crate::tenant::Tenant;
use crate::time::Time;

/// Writes the parts of the page.
pub struct Page<'a> {
    pub tenant: &'a Tenant,
    pub language: &'a str,
    pub words: Words,
}

impl Page<'_> {
    fn of(&self, russian: &'static str, english: &'static str) -> &'static str {
        self.words.of(russian, english)
    }

    fn brand(&self) -> String {
        let brand = self.tenant.brand();
        brand.name.get(self.language, &brand.default_language).to_owned()
    }

    /// Head, who the patient is, and what is in the archive.
    pub fn head(&self, profile: &Profile, persons: &[ActedFor], consultations: usize, made_at: Time) -> String {
        let title = format!("{} — {}", self.of("Мои данные", "My data"), self.brand());
        let mut html = Html::document(self.language, &title);
        html.line("h1", &title);
        let (made, zone) = (self.words.moment(made_at), self.tenant.brand().time_zone.clone());
        html.quiet(&format!("{} {made} ({zone})", self.of("Копия сделана", "This copy was made on")));
        html.line("p", self.of(
            "Здесь всё, что служба хранит о Вас и может Вам показать. Файлы лежат в папке files, заключения — в папке conclusions; data.json — то же для программ.",
            "This is all that the service keeps of you and may show you. Files lie in the folder files, conclusions in the folder conclusions; data.json is the same for programs.",
        ));
        html.line("h2", self.of("Профиль", "Profile"));
        let sex = profile.sex.map(|sex| self.words.sex(sex));
        let since = self.words.day(profile.since);
        html.facts(&[
            (self.of("Имя", "Name"), Some(&profile.name)),
            (self.of("Дата рождения", "Date of birth"), profile.birth_date.as_deref()),
            (self.of("Пол", "Sex"), sex),
            (self.of("Телефон", "Telephone"), profile.phone.as_deref()),
            (self.of("Почта", "E-mail"), profile.email.as_deref()),
            (self.of("Страховка", "Insurance"), profile.insurance.as_deref()),
            (self.of("Номер у партнёра", "Partner's number"), profile.partner_number.as_deref()),
            (self.of("Учётная запись", "Account"), Some(&profile.account)),
            (self.of("С нами с", "Since"), Some(&since)),
        ]);
        let fields: Vec<_> = profile.fields.iter().map(|field| (&field.name, self.words.field(field))).collect();
        if !fields.is_empty() {
            html.facts(&fields.iter().map(|(name, says)| (name.as_str(), Some(says.as_str()))).collect::<Vec<_>>());
        }
        if !persons.is_empty() {
            html.line("h2", self.of("За кого Вы обращаетесь", "Whom you act for"));
        }
        for person in persons {
            self.person(&mut html, person);
        }
        html.line("h2", self.of("Консультации", "Consultations"));
        if consultations == 0 {
            html.quiet(self.of("Консультаций не было.", "There were none."));
        }
        html.into_string()
    }

    fn person(&self, html: &mut Html, person: &ActedFor) {
        html.line("h3", &person.name);
        let (since, removed) = (self.words.day(person.since), person.removed_at.map(|at| self.words.day(at)));
        html.facts(&[
            (self.of("Кто это", "Who it is"), Some(self.words.relationship(person.relationship))),
            (self.of("Дата рождения", "Date of birth"), person.birth_date.as_deref()),
            (self.of("Пол", "Sex"), person.sex.map(|sex| self.words.sex(sex))),
            (self.of("Добавлен", "Added"), Some(&since)),
            (self.of("Убран из списка", "Removed from the list"), removed.as_deref()),
        ]);
    }

    /// One consultation.
    pub fn talk(&self, talk: &Talk) -> String {
        let mut html = Html::default();
        html.raw("<section class=\"talk\">\n");
        html.line("h3", &format!("{}, {}", talk.service, self.words.moment(talk.asked_at)));
        let ended = talk.ended_at.map(|at| self.words.moment(at));
        let with = talk.with.join(", ");
        html.facts(&[
            (self.of("Для кого", "For whom"), talk.person.as_ref().map(|person| person.name.as_str())),
            (self.of("Состояние", "State"), Some(self.words.phase(talk.phase))),
            (self.of("Завершена", "Ended"), ended.as_deref()),
            (self.of("С кем", "With"), Some(&with)),
            (self.of("Чем закончилась", "How it ended"), talk.end_reason.as_deref()),
        ]);
        if talk.is_open {
            html.line(
                "p",
                self.of(
                    "Консультация ещё идёт: здесь то, что было сказано до того, как сделана эта копия.",
                    "This consultation is still open: here is what was said before this copy was made.",
                ),
            );
        }
        if let Some(at) = talk.erased_at {
            let erased = self.of("Содержание удалено", "What was said in it was erased on");
            html.line(
                "p",
                &format!(
                    "{erased} {}. {}",
                    self.words.moment(at),
                    self.of("Прочитать его больше никто не может.", "Nobody can read it any more.",)
                ),
            );
        }
        if let Some(why) = talk.missing {
            html.line(
                "p",
                &format!(
                    "{}: {}.",
                    self.of("Переписки здесь нет", "What was said is not here"),
                    self.words.missing(why)
                ),
            );
        }
        if let Some(answers) = &talk.answers {
            self.answers(&mut html, answers);
        }
        for paper in &talk.conclusions {
            self.paper(&mut html, paper);
        }
        if let Some(place) = &talk.fhir {
            html.raw("<p>");
            let name =
                self.of("Запись для системы другой клиники (FHIR)", "The record for another clinic's system (FHIR)");
            self.placed(&mut html, name, place);
            html.raw("</p>\n");
        }
        for said in &talk.said {
            self.said(&mut html, said);
        }
        if let Some(rating) = &talk.rating {
            let stars = format!("{} / 5, {}", rating.stars, self.words.day(rating.at));
            html.facts(&[
                (self.of("Ваша оценка", "Your rating"), Some(&stars)),
                (self.of("Ваши слова", "Your words"), rating.comment.as_deref()),
            ]);
        }
        html.raw("</section>\n");
        html.into_string()
    }

    /// What he answered when he asked; a red flag is said in words.
    fn answers(&self, html: &mut Html, answers: &Answered) {
        html.line("h4", &format!("{}, {}", answers.title, self.words.moment(answers.answered_at)));
        let flag = self.of("тревожный признак", "red flag");
        let said = |item: &AnsweredItem| {
            let answer = self.words.answer(item);
            if item.red_flag { format!("{answer} — {flag}") } else { answer }
        };
        let facts: Vec<(&str, String)> = answers.items.iter().map(|item| (item.text.as_str(), said(item))).collect();
        let facts: Vec<(&str, Option<&str>)> =
            facts.iter().map(|(name, value)| (*name, Some(value.as_str()))).collect();
        html.facts(&facts);
    }

    fn paper(&self, html: &mut Html, paper: &Paper) {
        let name = format!(
            "{} № {}, {} {}, {}",
            self.of("Заключение", "Conclusion"),
            paper.number,
            self.of("версия", "version"),
            paper.version,
            self.words.moment(paper.signed_at),
        );
        html.raw("<p>");
        self.placed(html, &name, &paper.place);
        html.raw("</p>\n");
    }

    fn placed(&self, html: &mut Html, name: &str, place: &Place) {
        match place {
            Place::Path(path) => html.link(path, name),
            Place::Missing(why) => html.text(&format!(
                "{name} — {}: {}",
                self.of("нет в копии", "not in the copy"),
                self.words.missing(*why)
            )),
        }
    }

    fn said(&self, html: &mut Html, said: &Said) {
        html.raw(if said.who == SenderKind::Patient {
            "<div class=\"said mine\">\n"
        } else {
            "<div class=\"said\">\n"
        });
        let name = if said.who == SenderKind::System { self.brand() } else { said.name.clone() };
        let edited = if said.edited { self.of(", исправлено", ", edited") } else { "" };
        html.quiet(&format!("{name} ({}), {}{edited}", self.words.sender(said.who), self.words.moment(said.at)));
        let without_text = self.words.without_text(said.kind);
        if !without_text.is_empty() {
            html.quiet(without_text);
        } else if said.file.as_ref().is_none_or(|file| file.name != said.text) {
            html.line("p", &said.text);
        }
        if let Some(file) = &said.file {
            self.file(html, file, said.kind);
        }
        let signs: Vec<String> = said.reactions.iter().map(|under| format!("{} {}", under.sign, under.name)).collect();
        if !signs.is_empty() {
            html.quiet(&signs.join(", "));
        }
        html.raw("</div>\n");
    }

    fn file(&self, html: &mut Html, file: &SaidFile, kind: TranscriptKind) {
        let Some(place) = &file.place else { return };
        html.raw("<p>");
        self.placed(html, if file.name.is_empty() { self.of("Файл", "File") } else { file.name.as_str() }, place);
        html.raw("</p>\n");
        if let (TranscriptKind::Image, Place::Path(path)) = (kind, place) {
            html.picture(path, &file.name);
        }
    }

    /// Everything behind the consultations, up to the end of the document.
    pub fn tail(
        &self,
        callbacks: &[Callback],
        calls: &[Called],
        consents: &[ConsentEntry],
        persons: &[ActedFor],
        readings: &[Read],
    ) -> String {
        let mut html = Html::default();
        html.line("h2", self.of("Заявки на звонок", "Call-backs"));
        self.list(&mut html, callbacks, |html, callback| self.callback(html, callback));
        html.line("h2", self.of("Звонки", "Calls"));
        self.list(&mut html, calls, |html, call| {
            let length = (call.talked_seconds > 0).then(|| self.words.length(call.talked_seconds));
            let parts = [
                Some(self.words.moment(call.started_at)),
                Some(self.words.call_kind(call.kind).to_owned()),
                Some(self.words.caller(call.by).to_owned()),
                Some(self.words.outcome(call.outcome).to_owned()),
                length,
            ];
            html.line("p", &parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        });
        html.line("h2", self.of("Согласия", "Consents"));
        self.list(&mut html, consents, |html, consent| self.consent(html, consent, persons));
        html.line("h2", self.of("Кто смотрел Ваши данные", "Who read your data"));
        self.list(&mut html, readings, |html, read| {
            let line = [
                self.words.moment(read.at),
                self.words.role(read.role).to_owned(),
                self.words.reading(read.what).to_owned(),
            ];
            html.line("p", &line.join(", "));
        });
        html.line("h2", self.of("Чего здесь нет", "What is not in here"));
        html.line("p", self.of(
            "Рабочих заметок сотрудников и черновиков. Имён сотрудников в списке тех, кто смотрел данные. О каждом файле, который не удалось положить в копию, сказано там, где он был отправлен.",
            "Working notes of staff and drafts. Names of staff in the list of who read your data. Of each file that could not be put into the copy it is said where it was sent.",
        ));
        html.end();
        html.into_string()
    }

    fn list<T>(&self, html: &mut Html, items: &[T], each: impl Fn(&mut Html, &T)) {
        if items.is_empty() {
            html.quiet(self.of("Нет.", "None."));
        }
        for item in items {
            each(html, item);
        }
    }

    /// The text stands where it was agreed to; a withdrawal names it alone.
    fn consent(&self, html: &mut Html, consent: &ConsentEntry, persons: &[ActedFor]) {
        let is_given = gather::is_given(consent);
        let decision = if is_given { self.of("Дано", "Given") } else { self.of("Отозвано", "Withdrawn") };
        html.line("h3", &consent.document.title);
        let at = self.words.moment(consent.at);
        let person = consent.person_id.as_ref().and_then(|id| persons.iter().find(|person| person.id == *id));
        html.facts(&[
            (self.of("За кого", "For whom"), person.map(|person| person.name.as_str())),
            (decision, Some(&at)),
            (self.of("Отпечаток текста (SHA-256)", "Hash of the text (SHA-256)"), Some(&consent.document.hash)),
            (self.of("Устройство", "Device"), consent.device_id.as_deref()),
        ]);
        if is_given {
            html.line("p", &consent.document.summary);
            html.line("p", &consent.document.text);
        }
    }

    fn callback(&self, html: &mut Html, callback: &Callback) {
        html.line("h3", &format!("{}, {}", callback.queue.name, self.words.moment(callback.requested_at)));
        let erased = callback.erased_at.map(|at| self.words.moment(at));
        let ended = callback.ended_at.map(|at| self.words.moment(at));
        html.facts(&[
            (self.of("Состояние", "State"), Some(self.words.callback_phase(callback.phase))),
            (self.of("Завершена", "Ended"), ended.as_deref()),
            (self.of("Для кого", "For whom"), callback.person.as_ref().map(|person| person.name.as_str())),
            (self.of("Телефон", "Telephone"), callback.phone.as_deref()),
            (self.of("О чём", "About"), callback.reason.as_deref()),
            (self.of("Содержание удалено", "Content erased"), erased.as_deref()),
        ]);
    }
}
