//! Names in the archive: what people called their files, made safe for every system and unique. Pure.

use std::collections::HashSet;

/// Longest name of a file. Unit: characters; with its folder it stays below what the strictest system takes.
const NAME_CHARACTERS_MAX: usize = 80;
/// Longest ending that is kept whole.
const ENDING_CHARACTERS_MAX: usize = 12;
/// What a file is called whose name says nothing.
const NAMELESS: &str = "file";
/// Names that a system keeps for its devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A name without what a path, a system or a terminal would obey.
pub fn safe(name: &str) -> String {
    let is_unfit = |letter: char| letter.is_control() || r#"/\:*?"<>|"#.contains(letter);
    let turns = |letter: &char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let fit = name.chars().filter(|letter| !turns(letter)).map(|letter| if is_unfit(letter) { '_' } else { letter });
    let fit: String = fit.collect();
    let short = shortened(fit.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim());
    if short.chars().all(|letter| matches!(letter, '_' | '.' | ' ')) {
        return NAMELESS.to_owned();
    }
    if is_device(&short) { format!("_{short}") } else { short }
}

/// At most as long as a name may be; the ending stays.
fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME_CHARACTERS_MAX {
        return name.to_owned();
    }
    let (stem, ending) = split(name);
    let room = NAME_CHARACTERS_MAX - ending.chars().count();
    let stem: String = stem.chars().take(room).collect();
    format!("{}{ending}", stem.trim_end())
}

/// Stem and ending, its point included; a long one is none.
fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name[at..].chars().count() <= ENDING_CHARACTERS_MAX => name.split_at(at),
        _ => (name, ""),
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let letters = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    DEVICES.contains(&letters) && stem.len() - letters.len() <= 1
}

/// The names that are taken. Systems that see no difference between large and small letters are thought of.
#[derive(Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// A path in `folder` that no other file has.
    pub fn path(&mut self, folder: &str, name: &str) -> String {
        let name = safe(name);
        let (stem, ending) = split(&name);
        let mut path = format!("{folder}/{name}");
        let mut number = 1_u32;
        while !self.0.insert(path.to_lowercase()) {
            number += 1;
            path = format!("{folder}/{stem} ({number}){ending}");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_ne};

    use super::{Names, safe};

    #[test]
    fn what_a_path_or_a_system_would_obey_is_taken_away() {
        for (name, kept) in [
            ("Снимок экрана.png", "Снимок экрана.png"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("..\\..\\windows\\system32.dll", "_.._windows_system32.dll"),
            ("/etc/passwd", "_etc_passwd"),
            ("C:\\boot.ini", "C__boot.ini"),
            (".htaccess", "htaccess"),
            ("a\0b\n.txt", "a_b_.txt"),
            ("photo\u{202e}gpj.exe", "photogpj.exe"),
            ("aux.txt", "_aux.txt"),
            ("COM1", "_COM1"),
            ("combination.pdf", "combination.pdf"),
            ("trailing. . .", "trailing"),
            ("..", "file"),
            ("///", "file"),
            ("", "file"),
        ] {
            assert_eq!(safe(name), kept, "{name:?}");
        }
        let long = format!("{}.jpeg", "я".repeat(300));
        assert_eq!(safe(&long).chars().count(), 80);
        assert_eq!(safe(&long).split('.').next_back(), Some("jpeg"));
    }

    #[test]
    fn two_files_never_share_a_path() {
        let mut names = Names::default();
        let paths: Vec<_> =
            ["a.jpg", "A.JPG", "a.jpg", "a (2).jpg"].iter().map(|name| names.path("files/1", name)).collect();
        assert_eq!(paths, ["files/1/a.jpg", "files/1/A (2).JPG", "files/1/a (3).jpg", "files/1/a (2) (2).jpg"]);
        assert_eq!(names.path("files/2", "a.jpg"), "files/2/a.jpg");
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(name in any::<String>()) {
            let safe = safe(&name);
            prop_assert!(!safe.contains(['/', '\\', ':', '\0']) && !safe.starts_with('.') && !safe.is_empty());
            prop_assert!(safe.chars().count() <= 81);
        }

        #[test]
        fn the_same_name_twice_is_two_paths(name in any::<String>()) {
            let mut names = Names::default();
            prop_assert_ne!(names.path("f", &name).to_lowercase(), names.path("f", &name).to_lowercase());
        }
    }
}
