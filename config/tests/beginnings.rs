//! What the brand's folder lets the desk begin with: tags, replies, macros and their files.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use consilium_config::Brand;
use support::{folder, refusal};

#[test]
fn a_tag_or_a_reply_that_cannot_be_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        ("id = \"tests-ordered\"", "id = \"Tests\"", "tags.id: `Tests` is not a short name", "1 to 36"),
        ("id = \"sick-leave\"", "id = \"visit-needed\"", "tags.id: `visit-needed` stands twice", "its own id"),
        ("ru = \"Больничный\", en", "en", "tags.sick-leave.name: there is no text in `ru`", "default language"),
        ("ru = \"Больничный\"", "ru = \"назначены анализы\"", "tags.sick-leave.name: another tag", "a name of its own"),
        ("color = \"info\"", "color = \"blue\"", "unknown variant `blue`", "neutral"),
        ("language = \"en\"", "language = \"de\"", "canned.photo-en.language:", "add it there"),
        ("shortcut = \"picture\"", "shortcut = \"/picture\"", "canned.photo-en.shortcut:", "without the / itself"),
        (
            "shortcut = \"leave\"",
            "shortcut = \"Picture\"",
            "canned.sick-leave-en.shortcut: another reply",
            "of its own",
        ),
        (
            "shortcut = \"picture\"",
            "shortcut = \"picture\"\nfiles = [\"lost.pdf\"]",
            "canned.photo-en.files: there is no file `lost.pdf`",
            "Add it",
        ),
        ("title = \"Sick leave\"", "title = \" \"", "canned.sick-leave-en.title:", "one line"),
        (
            "shortcut = \"скорая\"\nqueues = [\"therapist\"",
            "shortcut = \"скорая\"\nqueues = [\"dentist\"",
            "canned.ambulance-ru.queues:",
            "[[queues]]",
        ),
        (
            "text = \"{{patient.name}}, если",
            "text = \"{{patient.phone}}, если",
            "canned.ambulance-ru.text: there is no placeholder",
            "patient.name",
        ),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn a_reply_has_a_text_or_brings_files_alone() {
    let mut brand = Brand::load(&folder("demo-clinic")).unwrap();
    brand.canned[0].text = " ".to_owned();
    let keys = |brand: &Brand| brand.problems().into_iter().map(|problem| problem.key).collect::<Vec<_>>();
    assert_eq!(keys(&brand), ["canned.photo-ru.text"]);
    brand.canned[0].files = vec!["files/blood-test.pdf".to_owned()];
    assert!(brand.problems().is_empty(), "{:?}", brand.problems());
    brand.canned[0].text.clear();
    let written: Brand = toml::from_str(&brand.to_toml()).unwrap();
    assert_eq!((written.canned[0].text.as_str(), written.canned[0].files.len()), ("", 1));
}

#[test]
fn a_macro_that_cannot_be_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        (
            "ru = \"{{patient.name}}, анализ",
            "ru = \"{{patient.phone}}, анализ",
            "macros.blood-test.texts.ru:",
            "as it stands here",
        ),
        ("shortcut = \"приём\"", "shortcut = \"кровь\"", "macros.visit-needed.shortcut: another macro", "of its own"),
        ("files/blood-test.pdf", "files/lost.pdf", "macros.blood-test.files: there is no file", "Add it"),
        ("files/blood-test.pdf", "../blood-test.pdf", "macros.blood-test.files:", "inside it"),
        ("files/blood-test.pdf", "legal/terms.en.html", "macros.blood-test.files:", "Use one of: pdf"),
        (
            "attachments = true",
            "attachments = false",
            "macros.blood-test.files: this brand sends no files",
            "features.attachments",
        ),
        (
            "add_tags = [\"tests-ordered\"]",
            "add_tags = [\"lost\"]",
            "macros.blood-test.add_tags: there is no tag `lost`",
            "[[tags]]",
        ),
        (
            "kind = \"hold\", minutes = 240",
            "kind = \"hold\", minutes = 0",
            "macros.wait-for-answer.ending.minutes:",
            "thirty days",
        ),
        (
            "kind = \"hold\", minutes = 240",
            "kind = \"close\", minutes = 240",
            "macros.wait-for-answer.ending.minutes: it says nothing",
            "Remove it",
        ),
        (
            "kind = \"hold\", minutes = 240",
            "kind = \"transfer\", note = \"n\"",
            "macros.wait-for-answer.ending.queue:",
            "[[queues]]",
        ),
        ("kind = \"hold\", minutes = 240", "kind = \"erase\"", "unknown variant `erase`", "close"),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn a_setting_is_not_refused_because_of_what_the_desk_began_with() {
    let mut brand = Brand::load(&folder("demo-clinic")).unwrap();
    brand.queues.retain(|queue| queue.id != "paediatrician");
    (brand.callback_form, brand.questionnaires) = (None, Vec::new());
    assert!(brand.settings_problems().is_empty(), "{:?}", brand.settings_problems());
    assert!(brand.problems().iter().any(|problem| problem.key == "macros.blood-test.queues"));
}
