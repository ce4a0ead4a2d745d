//! Drawing a laid-out document: fonts embedded as subsets, colours of the brand, text tagged for who has it read out, and the file's properties.

use std::num::NonZeroU16;

use consilium_config::brand::Color;
use consilium_config::brand::palette::Palette;
use jiff::tz::TimeZone;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree};

use super::fonts::{Fonts, Weight};
use super::layout::{Bar, Group, Layout, Line, PAGE_HEIGHT, PAGE_WIDTH, Page, Role, Tone, lay_out};
use super::words::Words;
use super::{Look, Standing};
use crate::conclusion::ConclusionError;
use crate::conclusion::document::{Document, hash};

/// Size of the word across a draft. Unit: points.
const MARK_SIZE: f32 = 96.0;
/// How the word lies. Unit: degrees.
const MARK_ANGLE: f32 = -52.0;

/// Draws a document.
pub(super) fn draw(document: &Document, standing: &Standing, look: &Look) -> Result<Vec<u8>, ConclusionError> {
    let fonts = Fonts::load()?;
    let layout = lay_out(document, standing, look, &fonts);
    let words = Words { language: &document.language, time_zone: &document.time_zone };
    let settings = SerializeSettings { enable_tagging: true, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let mut groups: Vec<TagGroup> = layout.groups.iter().map(tag_group).collect();
    let mut figure = None;
    for (index, page) in layout.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT)
            .ok_or_else(|| ConclusionError::Pdf("a page has no size".to_owned()))?;
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        let pen = Pen { fonts: &fonts, palette: &look.palette };
        if *standing == Standing::Draft {
            pen.mark(&mut surface, words.labels().draft);
        }
        pen.bars(&mut surface, page);
        if index == 0 {
            figure = logo(&mut surface, look, &layout, words);
        }
        pen.lines(&mut surface, page, &mut groups);
        surface.finish();
        sheet.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(document.language.clone()));
    figure.into_iter().chain(groups).for_each(|group| tree.push(group));
    pdf.set_tag_tree(tree);
    pdf.set_metadata(properties(document, standing));
    pdf.finish().map_err(|error| ConclusionError::Pdf(format!("{error:?}")))
}

fn tag_group(group: &Group) -> TagGroup {
    let heading = |level: NonZeroU16| TagGroup::new(Tag::Hn(level, Some(group.text.clone())));
    match group.role {
        Role::Title => heading(NonZeroU16::MIN),
        Role::Heading => heading(NonZeroU16::MIN.saturating_add(1)),
        Role::Paragraph => TagGroup::new(Tag::P),
    }
}

fn logo(surface: &mut Surface<'_>, look: &Look, layout: &Layout, words: Words<'_>) -> Option<TagGroup> {
    let logo = look.logo.as_ref()?;
    let (x, y) = layout.logo;
    let id = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_translate(x, y));
    logo.draw(surface);
    surface.pop();
    surface.end_tagged();
    let mut figure = TagGroup::new(Tag::Figure(Some(words.labels().logo.to_owned())));
    figure.push(id);
    Some(figure)
}

/// The same document gives the same properties: its date is that of its signature.
fn properties(document: &Document, standing: &Standing) -> Metadata {
    let zone = TimeZone::get(&document.time_zone).unwrap_or(TimeZone::UTC);
    let at = document.at.timestamp();
    let (local, offset) = (zone.to_datetime(at), zone.to_offset(at).seconds());
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let date = DateTime::new(u16::try_from(local.year()).unwrap_or(0))
        .month(part(local.month()))
        .day(part(local.day()))
        .hour(part(local.hour()))
        .minute(part(local.minute()))
        .second(part(local.second()))
        .utc_offset_hour(i8::try_from(offset / 3_600).unwrap_or(0))
        .utc_offset_minute(u8::try_from(offset.abs() / 60 % 60).unwrap_or(0));
    let number = document.number.map(|number| format!(" {number}")).unwrap_or_default();
    let id = match standing {
        Standing::Signed(shown) => shown.hash.clone(),
        Standing::Draft => hash(&document.bytes()),
    };
    Metadata::new()
        .title(format!("{}{number}", document.title))
        .language(document.language.clone())
        .authors(vec![document.author.name.clone()])
        .creator(document.issuer.name.clone())
        .document_id(id)
        .creation_date(date)
}

struct Pen<'a> {
    fonts: &'a Fonts,
    palette: &'a Palette,
}

impl Pen<'_> {
    fn color(&self, tone: Tone) -> rgb::Color {
        let palette = self.palette;
        let color: Color = match tone {
            Tone::Text => palette.text,
            Tone::Muted => palette.text_muted,
            Tone::Line => palette.line,
            Tone::Brand => palette.brand,
            Tone::Soft => palette.surface_sunken,
        };
        let [red, green, blue] = color.channels();
        rgb::Color::new(red, green, blue)
    }

    fn fill(&self, tone: Tone) -> Fill {
        Fill { paint: self.color(tone).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
    }

    fn bars(&self, surface: &mut Surface<'_>, page: &Page) {
        for Bar { x, y, width, height, tone } in page.bars.iter().copied() {
            let Some(rect) = Rect::from_xywh(x, y, width, height) else { continue };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            let Some(path) = path.finish() else { continue };
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.set_fill(Some(self.fill(tone)));
            surface.draw_path(&path);
            surface.end_tagged();
        }
    }

    fn lines(&self, surface: &mut Surface<'_>, page: &Page, groups: &mut [TagGroup]) {
        for line in page.lines.iter().filter(|line| !line.text.is_empty()) {
            let Some(group) = line.group else {
                let kind = if line.baseline > PAGE_HEIGHT / 2.0 { ArtifactType::Footer } else { ArtifactType::Header };
                surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
                self.line(surface, line);
                surface.end_tagged();
                continue;
            };
            let id = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            self.line(surface, line);
            surface.end_tagged();
            groups[group].push(id);
        }
    }

    fn line(&self, surface: &mut Surface<'_>, line: &Line) {
        surface.set_fill(Some(self.fill(line.tone)));
        let mut x = line.x;
        for run in self.fonts.shape(&line.text, line.weight) {
            let start = Point::from_xy(x, line.baseline);
            surface.draw_glyphs(start, &run.glyphs, run.font.clone(), &run.text, line.size, false);
            x += run.width * line.size;
        }
    }

    /// The word across each page of a draft.
    fn mark(&self, surface: &mut Surface<'_>, word: &str) {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Watermark)));
        surface.set_fill(Some(self.fill(Tone::Line)));
        let (x, y) = (PAGE_WIDTH / 2.0, PAGE_HEIGHT / 2.0);
        surface.push_transform(&Transform::from_rotate_at(MARK_ANGLE, x, y));
        let runs = self.fonts.shape(word, Weight::Bold);
        let width: f32 = runs.iter().map(|run| run.width * MARK_SIZE).sum();
        let mut start = x - width / 2.0;
        for run in runs {
            let at = Point::from_xy(start, y + MARK_SIZE / 3.0);
            surface.draw_glyphs(at, &run.glyphs, run.font.clone(), &run.text, MARK_SIZE, false);
            start += run.width * MARK_SIZE;
        }
        surface.pop();
        surface.end_tagged();
    }
}
