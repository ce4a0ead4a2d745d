//! What of a brand is still as `consilium init` wrote it: texts that nobody has confirmed, pictures that are nobody's own. Each carries a mark in its file.

use super::Brand;

/// Stands in every file whose text nobody has confirmed yet.
pub const DRAFT: &str = "consilium:draft";
/// Stands in every picture that is to be replaced.
pub const PLACEHOLDER: &str = "consilium:placeholder";

impl Brand {
    /// Files whose texts carry the mark of a draft.
    pub fn drafts(&self) -> Vec<String> {
        let documents = self.legal.iter().flat_map(|document| document.files.iter().map(|(_, file)| file));
        self.marked(std::iter::once("brand.toml").chain(documents), DRAFT)
    }

    /// Pictures that carry the mark of a placeholder.
    pub fn placeholders(&self) -> Vec<String> {
        let logo = &self.logo;
        let dark = logo.dark.as_deref();
        self.marked([Some(logo.light.as_str()), dark, Some(logo.icon.as_str())].into_iter().flatten(), PLACEHOLDER)
    }

    fn marked<'a>(&self, files: impl Iterator<Item = &'a str>, mark: &str) -> Vec<String> {
        let is_marked =
            |file: &&str| std::fs::read_to_string(self.folder.join(file)).is_ok_and(|text| text.contains(mark));
        files.filter(is_marked).map(str::to_owned).collect()
    }
}
