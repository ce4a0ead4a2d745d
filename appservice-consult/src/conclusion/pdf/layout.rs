//! What stands where: a document flows down A4 pages. Headings stay with what they head, no line of a paragraph stands alone, the signature is never torn.
//!
//! Unit: points, from the top left corner.

use super::fonts::{Fonts, Weight};
use super::lines::{Measure, lines};
use super::words::Words;
use super::{Look, Standing};
use crate::conclusion::document::{Document, Issuer};
use crate::conclusion::signature::SIMPLE;

pub(super) const PAGE_WIDTH: f32 = 595.28;
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Left and right margin.
pub(super) const MARGIN: f32 = 60.0;
pub(super) const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// Top of the letterhead.
const LETTERHEAD_TOP: f32 = 46.0;
/// Largest logo.
pub(super) const LOGO_WIDTH_MAX: f32 = 200.0;
pub(super) const LOGO_HEIGHT_MAX: f32 = 42.0;
/// Column of the address.
const ISSUER_WIDTH: f32 = 240.0;
/// Top of the text on further pages.
const BODY_TOP: f32 = 92.0;
/// Lowest baseline of text.
const BODY_BOTTOM: f32 = 776.0;
/// Baseline of the foot.
const FOOT: f32 = 808.0;
/// Baseline of the head of further pages.
const HEAD: f32 = 56.0;
/// Width of the labels of facts.
const LABEL_WIDTH: f32 = 112.0;
/// How far the text of a list's item is indented.
const ITEM_INDENT: f32 = 18.0;

/// In which of the brand's colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Text,
    Muted,
    Line,
    Brand,
    Soft,
}

/// What a group of lines is, to who has it read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    Paragraph,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) weight: Weight,
    pub(super) size: f32,
    pub(super) tone: Tone,
    pub(super) x: f32,
    pub(super) baseline: f32,
    /// The group it belongs to; none: head or foot of a page, which nobody reads out.
    pub(super) group: Option<usize>,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bar {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) tone: Tone,
}

/// What lies on one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    pub(super) bars: Vec<Bar>,
    pub(super) lines: Vec<Line>,
}

/// A group of lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) role: Role,
    pub(super) text: String,
}

/// A document on its pages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) pages: Vec<Page>,
    pub(super) groups: Vec<Group>,
    /// Where the logo's top left corner is, on the first page.
    pub(super) logo: (f32, f32),
}

/// How a paragraph looks.
#[derive(Debug, Clone, Copy)]
struct Style {
    weight: Weight,
    size: f32,
    leading: f32,
    tone: Tone,
}

const TEXT: Style = Style { weight: Weight::Regular, size: 10.5, leading: 15.5, tone: Tone::Text };
const STRONG: Style = Style { weight: Weight::Bold, ..TEXT };
const MUTED: Style = Style { tone: Tone::Muted, ..TEXT };
const TITLE: Style = Style { weight: Weight::Bold, size: 21.0, leading: 26.0, tone: Tone::Text };
const HEADING: Style = Style { weight: Weight::Bold, size: 11.5, leading: 16.0, tone: Tone::Brand };
const NAME: Style = Style { weight: Weight::Bold, size: 18.0, leading: 24.0, tone: Tone::Brand };
const SMALL: Style = Style { weight: Weight::Regular, size: 8.5, leading: 12.0, tone: Tone::Muted };
const SMALL_STRONG: Style = Style { weight: Weight::Bold, tone: Tone::Text, ..SMALL };

struct Flow<'a> {
    fonts: &'a Fonts,
    pages: Vec<Page>,
    groups: Vec<Group>,
    /// Where the next line begins.
    y: f32,
}

/// Lays a document out.
pub(super) fn lay_out(document: &Document, standing: &Standing, look: &Look, fonts: &Fonts) -> Layout {
    let words = Words { language: &document.language, time_zone: &document.time_zone };
    let mut flow = Flow { fonts, pages: vec![Page::default()], groups: Vec::new(), y: LETTERHEAD_TOP };
    flow.letterhead(&document.issuer, look);
    flow.title(document, standing, words);
    flow.facts(document, look, words);
    for section in &document.sections {
        flow.section(&section.title, &section.text);
    }
    flow.signature(document, standing, words);
    flow.heads_and_feet(document, words);
    Layout { pages: flow.pages, groups: flow.groups, logo: (MARGIN, LETTERHEAD_TOP) }
}

impl Flow<'_> {
    fn page(&mut self) -> &mut Page {
        self.pages.last_mut().expect("a document has a page")
    }

    fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = BODY_TOP;
    }

    /// Begins a page, unless so much has room on this one.
    fn room_for(&mut self, height: f32) {
        if self.y + height > BODY_BOTTOM {
            self.new_page();
        }
    }

    fn group(&mut self, role: Role, text: &str) -> usize {
        self.groups.push(Group { role, text: text.to_owned() });
        self.groups.len() - 1
    }

    fn put(&mut self, text: &str, style: Style, x: f32, group: Option<usize>) {
        let baseline = self.y + style.size;
        let Style { weight, size, tone, .. } = style;
        self.page().lines.push(Line { text: text.to_owned(), weight, size, tone, x, baseline, group });
    }

    fn broken(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        lines(self.fonts, text, Measure { weight: style.weight, size: style.size, width })
    }

    /// Lines one below the other; neither the first nor the last stands alone on a page.
    fn stack(&mut self, broken: &[String], style: Style, x: f32, group: usize) {
        let mut rest = broken;
        while !rest.is_empty() {
            let fitting =
                rest.iter().enumerate().take_while(|(place, _)| self.y + height(*place + 1, style) <= BODY_BOTTOM);
            let count = kept_together(fitting.count(), rest.len());
            let (now, later) = rest.split_at(count);
            for line in now {
                self.put(line, style, x, Some(group));
                self.y += style.leading;
            }
            rest = later;
            if !rest.is_empty() {
                self.new_page();
            }
        }
    }

    fn paragraph(&mut self, text: &str, style: Style, role: Role) {
        let group = self.group(role, text);
        let broken = self.broken(text, style, WIDTH);
        self.stack(&broken, style, MARGIN, group);
    }

    fn letterhead(&mut self, issuer: &Issuer, look: &Look) {
        let reach = [issuer.phone.as_deref().map(telephone), issuer.email.clone()];
        let reach = reach.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let below = [issuer.address.clone().unwrap_or_default(), reach];
        let x = PAGE_WIDTH - MARGIN - ISSUER_WIDTH;
        let top = self.y;
        let mut bottom = top + LOGO_HEIGHT_MAX;
        if look.logo.is_none() {
            let group = self.group(Role::Paragraph, &issuer.name);
            let broken = self.broken(&issuer.name, NAME, WIDTH - ISSUER_WIDTH - 16.0);
            self.stack(&broken, NAME, MARGIN, group);
            bottom = bottom.max(self.y);
        }
        self.y = top;
        let group = self.group(Role::Paragraph, &issuer.legal_name);
        let legal = self.broken(&issuer.legal_name, SMALL_STRONG, ISSUER_WIDTH);
        self.flush_right(&legal, SMALL_STRONG, x, group);
        for text in below.iter().filter(|text| !text.is_empty()) {
            let broken = self.broken(text, SMALL, ISSUER_WIDTH);
            self.flush_right(&broken, SMALL, x, group);
        }
        self.y = bottom.max(self.y) + 12.0;
        let bar = Bar { x: MARGIN, y: self.y, width: WIDTH, height: 1.5, tone: Tone::Brand };
        self.page().bars.push(bar);
        self.y += 30.0;
    }

    fn flush_right(&mut self, broken: &[String], style: Style, x: f32, group: usize) {
        for line in broken {
            let width = self.fonts.width(line, style.weight) * style.size;
            self.put(line, style, x + ISSUER_WIDTH - width, Some(group));
            self.y += style.leading;
        }
    }

    fn title(&mut self, document: &Document, standing: &Standing, words: Words<'_>) {
        let labels = words.labels();
        self.paragraph(&document.title, TITLE, Role::Title);
        self.y += 2.0;
        let mut line = match standing {
            Standing::Draft => labels.draft_line.to_owned(),
            Standing::Signed(_) => reference(document, words),
        };
        if document.version > 1 {
            let (version, before) = (document.version, document.version - 1);
            line = [line, format!("{} {version}, {} {before}", labels.version, labels.replaces)].join(" · ");
        }
        self.paragraph(&line, MUTED, Role::Paragraph);
        if let Some(reason) = &document.reason {
            self.paragraph(&format!("{} {reason}", labels.reason), MUTED, Role::Paragraph);
        }
        self.y += 14.0;
    }

    fn facts(&mut self, document: &Document, look: &Look, words: Words<'_>) {
        let labels = words.labels();
        let patient = &document.patient;
        let person = if look.is_client { labels.client } else { labels.patient };
        let born = patient.birth_date.map(|born| {
            let age = words.age(born, words.day(document.at));
            let sex = patient.sex.and_then(|sex| words.sex(sex)).map(str::to_owned);
            [Some(words.date(born)), age, sex].into_iter().flatten().collect::<Vec<_>>().join(", ")
        });
        let author = [Some(document.author.name.clone()), document.author.title.clone()];
        let author = author.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let asked = format!("{}, {}", document.service, words.moment(document.asked_at));
        let name = if patient.name.is_empty() { "—".to_owned() } else { patient.name.clone() };
        self.fact(person, &name, STRONG);
        if let Some(born) = born {
            self.fact(labels.born, &born, TEXT);
        }
        if let Some(acting) = &patient.acting {
            self.fact(labels.acting, acting, TEXT);
        }
        self.fact(labels.service, &asked, TEXT);
        self.fact(labels.author, &author, TEXT);
        self.y += 10.0;
        let bar = Bar { x: MARGIN, y: self.y, width: WIDTH, height: 0.75, tone: Tone::Line };
        self.page().bars.push(bar);
        self.y += 6.0;
    }

    fn fact(&mut self, label: &str, value: &str, style: Style) {
        let group = self.group(Role::Paragraph, value);
        let broken = self.broken(value, style, WIDTH - LABEL_WIDTH);
        self.room_for(height(broken.len(), style));
        self.put(label, MUTED, MARGIN, Some(group));
        self.stack(&broken, style, MARGIN + LABEL_WIDTH, group);
        self.y += 2.0;
    }

    fn section(&mut self, title: &str, text: &str) {
        self.y += 14.0;
        let heading = self.broken(title, HEADING, WIDTH);
        self.room_for(height(heading.len(), HEADING) + height(2, TEXT));
        let group = self.group(Role::Heading, title);
        self.stack(&heading, HEADING, MARGIN, group);
        self.y += 3.0;
        for line in text.lines() {
            if line.trim().is_empty() {
                self.y += TEXT.leading / 2.0;
                continue;
            }
            self.text_line(line.trim_end());
        }
    }

    /// A line as it was written: a paragraph, or an item of a list with its mark in the margin of the text.
    fn text_line(&mut self, line: &str) {
        let line = line.replace('\t', " ");
        let Some((mark, rest)) = item(&line) else {
            self.paragraph(&line, TEXT, Role::Paragraph);
            return;
        };
        let indent = ITEM_INDENT.max(self.fonts.width(mark, TEXT.weight) * TEXT.size + 6.0);
        let group = self.group(Role::Paragraph, &line);
        let broken = self.broken(rest, TEXT, WIDTH - indent);
        self.room_for(height(broken.len().min(2), TEXT));
        self.put(mark, TEXT, MARGIN + 2.0, Some(group));
        self.stack(&broken, TEXT, MARGIN + indent, group);
    }

    fn signature(&mut self, document: &Document, standing: &Standing, words: Words<'_>) {
        let labels = words.labels();
        let mut rows = Vec::new();
        match standing {
            Standing::Draft => rows.push((labels.draft_line.to_owned(), STRONG)),
            Standing::Signed(shown) if shown.method == SIMPLE => rows.push((labels.signed_simply.to_owned(), STRONG)),
            Standing::Signed(shown) => rows.push((format!("{} {}", labels.signed_by_provider, shown.method), STRONG)),
        }
        let author = &document.author;
        let title = author.title.as_ref().map(|title| format!(", {title}")).unwrap_or_default();
        rows.push((format!("{}{title}", author.name), TEXT));
        if let Standing::Signed(shown) = standing {
            rows.push((format!("{} {}", labels.signed_at, words.moment(document.at)), TEXT));
            rows.push((labels.hash.to_owned(), SMALL));
            rows.push((shown.hash.clone(), SMALL));
        }
        let inner = WIDTH - 28.0;
        let broken: Vec<_> = rows.iter().map(|(text, style)| (self.broken(text, *style, inner), *style)).collect();
        let tall: f32 = broken.iter().map(|(lines, style)| height(lines.len(), *style)).sum::<f32>() + 22.0;
        self.y += 26.0;
        self.room_for(tall);
        let (top, x) = (self.y, MARGIN);
        self.page().bars.push(Bar { x, y: top, width: WIDTH, height: tall, tone: Tone::Soft });
        self.page().bars.push(Bar { x, y: top, width: 3.0, height: tall, tone: Tone::Brand });
        self.y += 10.0;
        for ((lines, style), (text, _)) in broken.iter().zip(&rows) {
            let group = self.group(Role::Paragraph, text);
            self.stack(lines, *style, x + 16.0, group);
        }
        self.y = top + tall;
    }

    /// What each page says of itself, once it is known how many there are.
    fn heads_and_feet(&mut self, document: &Document, words: Words<'_>) {
        let count = self.pages.len();
        let patient = &document.patient.name;
        let head = [document.title.clone(), reference(document, words), patient.clone()];
        let head = head.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let head = self.broken(&head, SMALL, WIDTH).swap_remove(0);
        let foot = self.broken(&document.issuer.legal_name, SMALL, WIDTH - 120.0).swap_remove(0);
        for index in 0..count {
            let number = words.page(index + 1, count);
            let x = PAGE_WIDTH - MARGIN - self.fonts.width(&number, SMALL.weight) * SMALL.size;
            let page = &mut self.pages[index];
            let mut put = |text: &str, x, baseline| {
                let Style { weight, size, tone, .. } = SMALL;
                page.lines.push(Line { text: text.to_owned(), weight, size, tone, x, baseline, group: None });
            };
            put(&foot, MARGIN, FOOT);
            put(&number, x, FOOT);
            if index > 0 {
                put(&head, MARGIN, HEAD);
                page.bars.push(Bar { x: MARGIN, y: HEAD + 8.0, width: WIDTH, height: 0.75, tone: Tone::Line });
            }
            page.bars.push(Bar { x: MARGIN, y: FOOT - 16.0, width: WIDTH, height: 0.75, tone: Tone::Line });
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a document has far fewer than 2^24 lines")]
fn height(lines: usize, style: Style) -> f32 {
    lines as f32 * style.leading
}

/// How many of `total` lines go on a page that has room for `fitting`.
fn kept_together(fitting: usize, total: usize) -> usize {
    if fitting >= total {
        return total;
    }
    // The last line does not stand alone on the next page, nor the first on this one.
    let count = if total - fitting == 1 { fitting.saturating_sub(1) } else { fitting };
    if count == 1 && total > 1 { 0 } else { count }
}

/// `№ 17 от 29 ноября 2026 г.`; empty for what has no number.
fn reference(document: &Document, words: Words<'_>) -> String {
    let labels = words.labels();
    let number = document.number.map(|number| format!("{}\u{a0}{number}", labels.number));
    number
        .map_or_else(String::new, |number| format!("{number} {} {}", labels.asked, words.date(words.day(document.at))))
}

/// The mark of a list's item and what follows it: `-`, `•`, `1.`, `2)`.
fn item(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let (mark, rest) = line.split_once(' ')?;
    let digits = mark.trim_end_matches(['.', ')']);
    let is_number = digits.len() + 1 == mark.len()
        && (1..=3).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    match mark {
        "-" | "–" | "—" | "•" | "*" => Some(("•", rest.trim_start())),
        _ if is_number => Some((mark, rest.trim_start())),
        _ => None,
    }
    .filter(|(_, rest)| !rest.is_empty())
}

/// A Russian number as people write it; others as they are configured.
fn telephone(phone: &str) -> String {
    match phone.strip_prefix("+7").filter(|rest| rest.len() == 10 && rest.is_ascii()) {
        Some(rest) => format!("+7\u{a0}{}\u{a0}{}-{}-{}", &rest[..3], &rest[3..6], &rest[6..8], &rest[8..]),
        None => phone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{item, kept_together, telephone};

    #[test]
    fn no_line_of_a_paragraph_stands_alone() {
        assert_eq!(kept_together(9, 5), 5);
        assert_eq!(kept_together(4, 5), 3, "the last one takes another with it");
        assert_eq!(kept_together(1, 5), 0, "the first one goes with the others");
        assert_eq!(kept_together(2, 3), 0);
        assert_eq!(kept_together(0, 2), 0);
        assert_eq!(kept_together(3, 9), 3);
    }

    #[test]
    fn a_lists_item_is_known_by_its_mark() {
        assert_eq!(item("- rest"), Some(("•", "rest")));
        assert_eq!(item(" 2) walk"), Some(("2)", "walk")));
        assert_eq!(item("10. sleep"), Some(("10.", "sleep")));
        assert_eq!((item("-rest"), item("37.2 degrees"), item("plain text"), item("- ")), (None, None, None, None));
    }

    #[test]
    fn a_telephone_is_written_as_people_read_it() {
        assert_eq!(telephone("+74950000001"), "+7\u{a0}495\u{a0}000-00-01");
        assert_eq!(telephone("+442079460001"), "+442079460001");
    }
}
