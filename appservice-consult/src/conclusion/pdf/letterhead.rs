//! The brand's logo, from its folder. One that cannot be read is logged, and the brand's name stands in its place.

use std::path::Path;

use krilla::Data;
use krilla::image::Image;
use krilla_svg::{SurfaceExt, SvgSettings};
use usvg::roxmltree;

use super::layout::{LOGO_HEIGHT_MAX, LOGO_WIDTH_MAX};

/// Largest logo that is read. Unit: bytes.
const LOGO_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// A logo.
pub(super) enum Logo {
    /// Drawn as lines.
    Vector(Box<usvg::Tree>),
    /// Drawn as points.
    Raster(Image),
}

/// The logo in a language.
pub(super) fn load(path: &Path, language: &str) -> Option<Logo> {
    let logo = read(path, language);
    if logo.is_none() {
        tracing::warn!(path = %path.display(), "the brand's logo cannot be drawn: documents show its name instead");
    }
    logo
}

fn read(path: &Path, language: &str) -> Option<Logo> {
    if std::fs::metadata(path).ok()?.len() > LOGO_BYTES_MAX {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    match path.extension()?.to_str()? {
        "svg" => {
            let text = in_language(std::str::from_utf8(&bytes).ok()?, language)?;
            usvg::Tree::from_str(&text, &usvg::Options::default()).ok().map(Box::new).map(Logo::Vector)
        }
        "png" => Image::from_png(Data::from(bytes), true).ok().map(Logo::Raster),
        "webp" => Image::from_webp(Data::from(bytes), true).ok().map(Logo::Raster),
        _ => None,
    }
}

/// The picture with the view of that language, where it has one: `<view id="en" viewBox="…">`.
fn in_language(svg: &str, language: &str) -> Option<String> {
    let document = roxmltree::Document::parse(svg).ok()?;
    let is_view = |node: &roxmltree::Node<'_, '_>| node.has_tag_name("view") || node.tag_name().name() == "view";
    let view = document.descendants().filter(is_view).find(|node| node.attribute("id") == Some(language));
    let (Some(part), Some(whole)) =
        (view.and_then(|view| view.attribute("viewBox")), document.root_element().attribute_node("viewBox"))
    else {
        return Some(svg.to_owned());
    };
    let mut text = svg.to_owned();
    text.replace_range(whole.range_value(), part);
    Some(text)
}

impl Logo {
    /// Its size on paper: as large as there is room, in its proportions.
    pub(super) fn size(&self) -> Option<krilla::geom::Size> {
        let (width, height) = match self {
            Self::Vector(tree) => (tree.size().width(), tree.size().height()),
            Self::Raster(image) => raster_size(image),
        };
        let scale = (LOGO_WIDTH_MAX / width).min(LOGO_HEIGHT_MAX / height);
        krilla::geom::Size::from_wh(width * scale, height * scale)
    }

    /// Draws it with its top left corner where the surface has its own.
    pub(super) fn draw(&self, surface: &mut krilla::surface::Surface<'_>) {
        let Some(size) = self.size() else { return };
        match self {
            Self::Vector(tree) => surface.draw_svg(tree, size, SvgSettings::default()).unwrap_or_default(),
            Self::Raster(image) => surface.draw_image(image.clone(), size),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture has far fewer than 2^24 points in a row")]
fn raster_size(image: &Image) -> (f32, f32) {
    let (width, height) = image.size();
    (width as f32, height as f32)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::in_language;

    #[test]
    fn the_logo_of_a_language_is_its_view_of_the_picture() {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><view id="en" viewBox="0 5 20 5"/><path d="M0 0H1"/></svg>"#;
        assert!(
            in_language(svg, "en").unwrap().contains(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 5 20 5">"#)
        );
        assert_eq!(in_language(svg, "ru").unwrap(), svg);
        assert_eq!(in_language("<svg", "ru"), None);
    }
}
