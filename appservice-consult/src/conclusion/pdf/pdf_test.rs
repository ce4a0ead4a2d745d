//! The document as a reader opens it: text, pages, tags, properties.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use consilium_config::brand::palette::Palettes;
use consilium_config::brand::{Color, Colors};
use jiff::civil::date;
use lopdf::Object;

use super::fonts::Fonts;
use super::layout::{MARGIN, PAGE_HEIGHT, PAGE_WIDTH, lay_out};
use super::letterhead::{self, Logo};
use super::{Look, Shown, Standing, paper};
use crate::api::types::Sex;
use crate::conclusion::document::{Author, Document, Issuer, Subject};
use crate::conclusion::template::Section;
use crate::time::Time;

fn section(title: &str, text: &str) -> Section {
    Section { code: "s".to_owned(), title: title.to_owned(), hint: None, required: false, text: text.to_owned() }
}

fn russian() -> Document {
    Document {
        form: 1,
        number: Some(17),
        version: 1,
        consultation: "c".into(),
        template: "visit".to_owned(),
        language: "ru".to_owned(),
        title: "Заключение врача".to_owned(),
        issuer: Issuer {
            name: "Клиника «Ясень»".to_owned(),
            legal_name: "ООО «Клиника Ясень»".to_owned(),
            address: Some("Москва, Ясеневая аллея, 1".to_owned()),
            phone: Some("+74950000001".to_owned()),
            email: Some("help@yasen.example".to_owned()),
        },
        service: "Терапевт".to_owned(),
        asked_at: Time::from_millis(1_795_867_200_000),
        patient: Subject {
            id: "p".into(),
            person: None,
            acting: None,
            name: "Анна Сергеевна Смирнова".to_owned(),
            birth_date: Some(date(1992, 2, 3)),
            sex: Some(Sex::Female),
        },
        author: Author {
            id: "o".into(), name: "Мария Петрова".to_owned(), title: Some("врач-терапевт".to_owned())
        },
        at: Time::from_millis(1_795_870_800_000),
        time_zone: "Europe/Moscow".to_owned(),
        sections: vec![
            section("Жалобы", "Кашель и температура 38,2 °C третий день."),
            section(
                "Рекомендации",
                "1. Парацетамол по 500 мг, не чаще 4 раз в сутки.\n2. Тёплое питьё ≥ 2 л.\n- при β-блокаторах: спросить врача",
            ),
        ],
        reason: None,
    }
}

fn look(logo: Option<Logo>) -> Look {
    let colors = Colors { brand: Color::rgb(0x0b, 0x6e, 0x5f), accent: Color::rgb(0xb4, 0x53, 0x09) };
    Look { palette: Palettes::derive(&colors).light, logo, is_client: false }
}

fn signed() -> Standing {
    Standing::Signed(Shown { method: "simple".to_owned(), hash: "0123456789abcdef".repeat(4) })
}

fn drawn(document: &Document, standing: &Standing) -> Vec<u8> {
    paper::draw(document, standing, &look(None)).unwrap()
}

/// All text, with spaces of every kind as one.
fn text_of(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn russian_and_english_come_out_as_they_went_in() {
    let text = text_of(&drawn(&russian(), &signed()));
    for said in [
        "Заключение врача",
        "№ 17 от 28 ноября 2026 г.",
        "Анна Сергеевна Смирнова",
        "3 февраля 1992 г., 34 года, женский пол",
        "Терапевт, 28 ноября 2026 г., 15:00 (UTC+3, Europe/Moscow)",
        "Мария Петрова, врач-терапевт",
        "Парацетамол по 500 мг",
        "питьё ≥ 2 л",
        "β",
        "Подписано простой электронной подписью",
        "Страница 1 из 1",
        "+7 495 000-00-01",
    ] {
        assert!(text.contains(said), "«{said}» is not in «{text}»");
    }
    let english = Document { language: "en".to_owned(), title: "Letter of advice".to_owned(), ..russian() };
    let text = text_of(&drawn(&english, &signed()));
    for said in
        ["No. 17 of 28 November 2026", "34 years, female", "Page 1 of 1", "Signed with a simple electronic signature"]
    {
        assert!(text.contains(said), "“{said}” is not in “{text}”");
    }
}

#[test]
fn who_acted_for_the_patient_is_named() {
    let mut document = russian();
    document.patient.acting = Some("Пётр Смирнов".to_owned());
    let text = text_of(&drawn(&document, &signed()));
    assert!(text.contains("Представитель Пётр Смирнов"), "{text}");
    assert!(!text_of(&drawn(&russian(), &signed())).contains("Представитель"));
}

#[test]
fn a_long_text_goes_on_over_pages_and_nothing_is_cut() {
    let paragraphs: Vec<String> = (0..120).map(|n| format!("Пункт {n}: соблюдайте покой, пейте тёплую воду и записывайте температуру утром и вечером в дневник наблюдений.")).collect();
    let word = "Длиннокоренноевысокотехнологичноеслово".repeat(12);
    let long = Document {
        sections: vec![section("Рекомендации", &paragraphs.join("\n")), section("Направления", &word)],
        ..russian()
    };
    let fonts = Fonts::load().unwrap();
    let layout = lay_out(&long, &signed(), &look(None), &fonts);
    assert!(layout.pages.len() > 4);
    for page in &layout.pages {
        for line in &page.lines {
            let end = line.x + fonts.width(&line.text, line.weight) * line.size;
            assert!(line.x >= MARGIN - 0.1 && end <= PAGE_WIDTH - MARGIN + 1.0, "{} ends at {end}", line.text);
            assert!(line.baseline > 20.0 && line.baseline < PAGE_HEIGHT - 24.0, "{line:?}");
        }
    }
    let text = text_of(&drawn(&long, &signed()));
    for n in 0..paragraphs.len() {
        assert!(text.contains(&format!("Пункт {n}: соблюдайте покой")), "paragraph {n} is not there");
    }
    assert!(text.contains(&format!("Страница 2 из {}", layout.pages.len())));
    assert!(text.contains("Заключение врача · № 17"), "further pages say what they are of");
}

#[test]
fn headings_stay_with_their_text_and_the_signature_in_one_piece() {
    let fonts = Fonts::load().unwrap();
    for lines in 20..46 {
        let text = vec!["Строка."; lines].join("\n");
        let document = Document {
            sections: vec![section("Жалобы", &text), section("Последняя", "Одно.\nДва.")],
            ..russian()
        };
        let layout = lay_out(&document, &signed(), &look(None), &fonts);
        let page_of = |wanted: &str| {
            layout.pages.iter().position(|page| page.lines.iter().any(|line| line.text.starts_with(wanted))).unwrap()
        };
        assert_eq!(page_of("Последняя"), page_of("Одно."), "{lines} lines");
        assert_eq!(page_of("Подписано"), page_of("0123456789"), "{lines} lines");
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    assert_eq!(drawn(&russian(), &signed()), drawn(&russian(), &signed()));
    assert_ne!(drawn(&russian(), &signed()), drawn(&Document { version: 2, ..russian() }, &signed()));
}

#[test]
fn a_draft_says_so_on_each_page_and_is_not_signed() {
    let text = text_of(&drawn(&Document { number: None, ..russian() }, &Standing::Draft));
    assert!(text.contains("ЧЕРНОВИК") && text.contains("Черновик, не подписан"));
    assert!(!text.contains("SHA-256") && !text.contains('№'));
}

#[test]
fn the_file_has_title_language_tags_and_embedded_fonts() {
    let bytes = drawn(&russian(), &signed());
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(lopdf::decode_text_string(catalog.get(b"Lang").unwrap()).unwrap(), "ru");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"MarkInfo"));
    let info = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let info = document.get_dictionary(info).unwrap();
    assert_eq!(lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap(), "Заключение врача 17");
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: Vec<_> =
        dictionaries.filter(|one| one.get(b"Type").and_then(Object::as_name).ok() == Some(b"Font")).collect();
    assert!(!fonts.is_empty());
    assert!(fonts.iter().filter(|font| font.has(b"DescendantFonts")).all(|font| font.has(b"ToUnicode")));
    let streams = document.objects.values().filter_map(|object| object.as_dict().ok());
    assert!(streams.filter(|one| one.has(b"FontBBox")).all(|one| one.has(b"FontFile2") || one.has(b"FontFile3")));
    assert!(bytes.len() < 120_000, "fonts are subsets: {} bytes", bytes.len());
}

#[test]
fn the_logos_of_the_demonstration_brands_are_drawn() {
    for brand in ["demo-clinic", "demo-law"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/brands").join(brand);
        let logo = letterhead::load(&folder.join("logo.svg"), "en");
        let size = logo.as_ref().unwrap().size().unwrap();
        assert!(size.height() <= 42.1 && size.width() <= 200.1 && size.width() > 60.0);
        let bytes = paper::draw(&russian(), &signed(), &look(logo)).unwrap();
        assert!(bytes.len() > drawn(&russian(), &signed()).len());
        assert!(letterhead::load(&folder.join("icon.png"), "en").unwrap().size().is_some());
    }
    assert!(letterhead::load(Path::new("nowhere.svg"), "en").is_none());
}
