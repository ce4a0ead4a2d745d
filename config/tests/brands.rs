//! The demonstration brands are accepted, differ, and a wrong brand is refused with the key and the remedy named.

#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::path::Path;

use consilium_config::brand::{
    ConclusionNeed, ConsentSubject, Keep, KeeperIdentity, PublicApp, Section, palette::Palettes,
};
use consilium_config::{Brand, Config};
use serde_json::json;
use support::{copy_folder, folder, refusal};

#[test]
fn the_demonstration_brands_are_accepted_and_differ() {
    let (clinic, law) = (Brand::load(&folder("demo-clinic")).unwrap(), Brand::load(&folder("demo-law")).unwrap());
    assert_ne!(clinic.name, law.name);
    assert_ne!(clinic.default_language, law.default_language);
    assert_ne!(clinic.currency, law.currency);
    assert_ne!(Palettes::derive(&clinic.colors), Palettes::derive(&law.colors));
    assert!(clinic.queues.iter().all(|queue| law.queue(&queue.id).is_none()));
}

#[test]
fn what_is_not_encrypted_is_offered_where_the_brand_says_so_and_nowhere_else() {
    let copy = tempfile::tempdir().unwrap();
    let brand = copy.path().join("demo-clinic");
    copy_folder(&folder("demo-clinic"), &brand);
    let text = std::fs::read_to_string(brand.join("brand.toml")).unwrap();
    assert!(Brand::load(&brand).unwrap().features.reactions);
    std::fs::write(brand.join("brand.toml"), text.replace("reactions = true\n", "")).unwrap();
    assert!(!Brand::load(&brand).unwrap().features.reactions, "it says nothing of them");
}

#[test]
fn the_language_follows_the_browser() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    for (header, language) in [
        ("en-GB,en;q=0.9,ru;q=0.5", "en"),
        ("de, ru;q=0.8, en;q=0.3", "ru"),
        ("de", "ru"),
        ("", "ru"),
        ("en;q=0, ru;q=0.1", "ru"),
        ("EN", "en"),
        ("*;q=0.5, en;q=oops", "ru"),
    ] {
        assert_eq!(brand.language_for(header), language, "{header}");
    }
}

#[test]
fn the_public_brand_speaks_the_language_asked_for() {
    let text = r#"
        consult = { enabled = false }
        [tenants.clinic]
        server_name = "clinic.example"
        origins = { public = "https://clinic.example", console = "https://console.clinic.example" }
        sticky_calls = true
    "#;
    let config = Config::read(text, Path::new("/"), []).unwrap();
    let (_, tenant) = config.tenant_by_host("clinic.example").unwrap();
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    let keeper = KeeperIdentity { user_id: "@keeper:clinic.example".to_owned(), master_key: None };
    let public = serde_json::to_value(brand.public(tenant, PublicApp::Console, "en", keeper)).unwrap();
    assert_eq!(public["name"], "Yasen Clinic");
    assert_eq!(public["app"], "console");
    assert_eq!(public["logo_url"], "/brand/logo.svg");
    assert_eq!(public["legal"][0]["url"], "/brand/legal/privacy");
    assert_eq!(public["server"]["homeserver_url"], "https://clinic.example");
    assert_eq!(public["server"]["console_url"], "https://console.clinic.example");
    assert_eq!(public["server"]["sticky_calls"], true);
    assert_eq!(
        (&public["features"]["voice_message_seconds"], &public["features"]["reactions"]),
        (&json!(300), &json!(true))
    );
    assert_eq!(public["texts"]["ru"]["home.title"], "Спросите врача");
}

#[test]
fn a_wrong_brand_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        ("id = \"demo-clinic\"", "id = \"clinic\"", "id:", "the same name"),
        ("id = \"demo-clinic\"", "id = \"Demo Clinic\"", "id:", "Use 1 to 32"),
        ("country = \"RU\"", "country = \"Russia\"", "country:", "ISO 3166-1"),
        ("currency = \"RUB\"", "currency = \"rub\"", "currency:", "ISO 4217"),
        ("Europe/Moscow", "Europe/Moskva", "time_zone:", "IANA"),
        ("default_language = \"ru\"", "default_language = \"de\"", "default_language:", "Choose one"),
        ("[\"ru\", \"en\"]", "[\"ru\", \"ru\"]", "languages:", "once"),
        ("[\"ru\", \"en\"]", "[\"ru\"]", "name: `en`", "add the language"),
        ("en = \"Yasen Clinic\"", "", "name: there is no text in `en`", "for each of"),
        ("\"home.title\" = \"Ask a doctor\"", "", "texts.en.home.title: it is missing", "Every brand"),
        (
            "\"waiting.note\" = \"You",
            "\"waiting.nota\" = \"You",
            "texts.en.waiting.note: it is missing",
            "translate it",
        ),
        ("light = \"logo.svg\"", "light = \"../logo.svg\"", "logo.light:", "inside"),
        ("light = \"logo.svg\"", "light = \"lost.svg\"", "logo.light:", "Add it"),
        ("light = \"logo.svg\"", "light = \"brand.toml\"", "logo.light:", "svg, png"),
        ("legal/privacy.en.html", "legal/privacy.de.html", "legal.privacy.files.en:", "Add it"),
        ("id = \"terms\"", "id = \"privacy\"", "legal.id: `privacy` stands twice", "its own id"),
        ("circle = \"mind\"", "circle = \"soul\"", "queues.psychologist.circle:", "[[circles]]"),
        ("languages = [\"ru\"]\n", "languages = [\"de\"]\n", "queues.psychologist.languages:", "Remove it"),
        ("amount_minor = 90000", "amount_minor = 0", "queues.paediatrician.price.amount_minor:", "free service"),
        ("priority = 60", "priority = 200", "queues.paediatrician.priority:", "0 to 100"),
        ("abandon_after_minutes = 240", "abandon_after_minutes = 0", "abandon_after_minutes:", "at least 1"),
        ("id = \"paediatrician\"", "id = \"therapist\"", "queues.id: `therapist` stands twice", "its own id"),
        ("priority = 60", "priority = 60\ntime_zone = \"Mars/Base\"", "queues.paediatrician.time_zone:", "IANA name"),
        (
            "priority = 60",
            "priority = 60\nclosures = [{ from = \"2027-01-02T00:00\", to = \"2027-01-01T00:00\" }]",
            "queues.paediatrician.closures[0]:",
            "later than its begin",
        ),
        (
            "priority = 60",
            "priority = 60\nrouting = { overflow = { queue = \"psychologist\", after_minutes = 5 } }",
            "queues.paediatrician.routing.overflow.queue:",
            "same circle",
        ),
        (
            "conclusion = \"optional\"",
            "conclusion = \"optional\"\nconclusion_template = \"letter\"",
            "queues.therapist.conclusion_template:",
            "[[conclusions]]",
        ),
        ("code = \"history\"", "code = \"complaint\"", "conclusions.visit.sections.id: `complaint`", "its own id"),
        (
            "ru = \"Жалобы\", ",
            "",
            "conclusions.visit.sections.complaint.title: there is no text in `ru`",
            "for each of",
        ),
        ("phone = \"+74950000001\"", "phone = \"8 495\"", "contacts.phone:", "country code"),
        ("emergency_phone = \"112\"", "emergency_phone = \"help\"", "contacts.emergency_phone:", "112"),
        ("help@yasen.example", "help", "contacts.email:", "name@domain"),
        ("brand = \"#0b6e5f\"", "brand = \"green\"", "is not a colour", "#1f6f5c"),
        ("calls = true", "voice_message_seconds = 5", "features.voice_message_seconds:", "between 10 and 1800"),
        ("calls = true", "video = true", "unknown field `video`", "calls"),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn what_is_idle_takes_no_more_room_than_what_is_not() {
    let message = refusal("priority = 60", "priority = 60\nrouting = { weight = 2, idle_weight = 3 }");
    let key = "queues.paediatrician.routing.idle_weight: 3 is more than `weight`, 2";
    assert!(message.contains(key) && message.contains("remove it"), "{message}");
}

#[test]
fn times_of_silence_have_limits() {
    for (new, key, remedy) in [
        ("priority = 60\nreturn_after_minutes = 1441", "return_after_minutes:", "at most a day"),
        ("priority = 60\nsilent_close_minutes = 3", "silent_close_minutes: 3 is not 4 to", "close nothing"),
    ] {
        let message = refusal("priority = 60", new);
        assert!(message.contains(key) && message.contains(remedy), "{new}\n→ {message}");
    }
}

#[test]
fn a_questionnaire_that_contradicts_itself_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        (
            "questionnaire = \"child\"",
            "questionnaire = \"adult\"",
            "queues.paediatrician.questionnaire:",
            "[[questionnaires]]",
        ),
        ("link_id = \"fever\"", "link_id = \"age\"", "questionnaires.child.items.id: `age` stands twice", "its own id"),
        ("question = \"fever\"", "question = \"temperature\"", "items.temperature.enable_when:", "an earlier boolean"),
        ("minimum = 34", "minimum = 44", "items.temperature.minimum:", "Exchange"),
        ("red_flag_from = 39.5", "red_flag = true", "items.temperature.red_flag:", "change `type`"),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn an_address_for_reports_that_is_none_is_refused_with_the_key_and_the_remedy() {
    for (new, key, remedy) in [
        ("[\"security@yasen.example\"]", "contacts.security.contacts: `security@yasen.example`", "mailto:"),
        ("[\"http://yasen.example\"]", "contacts.security.contacts:", "https://"),
        ("[]", "contacts.security.contacts: there are not 1 to 5", "remove [contacts.security]"),
        ("[\"tel:+74950000001\"]\nexpires = \"soon\"", "expires", "soon"),
    ] {
        let message = refusal("[\"mailto:security@yasen.example\"]", new);
        assert!(message.contains(key) && message.contains(remedy), "{new}\n→ {message}");
    }
}

#[test]
fn a_field_that_contradicts_itself_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        ("id = \"allergies\"", "id = \"branch\"", "fields.patient.id: `branch` stands twice", "its own id"),
        ("id = \"observed\"", "id = \"Observed\"", "fields.patient.id: `Observed`", "a letter first"),
        (
            "name = { ru = \"Филиал\", ",
            "name = { ",
            "fields.patient.branch.name: there is no text in `ru`",
            "for each of",
        ),
        ("code = \"river\"", "code = \"centre\"", "fields.patient.branch.options.id: `centre`", "its own id"),
        (
            "type = \"choice\"\nname = { ru = \"Филиал\"",
            "type = \"text\"\nname = { ru = \"Филиал\"",
            "fields.patient.branch.options:",
            "make it a `choice`",
        ),
        (
            "type = \"text\"\nname = { ru = \"Аллергии\"",
            "type = \"choice\"\nname = { ru = \"Аллергии\"",
            "fields.patient.allergies.options: there are 0",
            "Use 2 to 50",
        ),
        (
            "id = \"visit-on\"",
            "id = \"visit-on\"\nfilled_by = \"partner\"",
            "fields.consultation.visit-on.filled_by:",
            "`staff` or `supervisor`",
        ),
        ("filled_by = \"partner\"", "filled_by = \"anybody\"", "unknown variant `anybody`", "partner"),
        (
            "conclusion = \"optional\"",
            "conclusion = \"optional\"\nrequired_fields = [\"gone\"]",
            "queues.therapist.required_fields: there is no field `gone`",
            "[[fields.consultation]]",
        ),
        (
            "conclusion = \"optional\"",
            "conclusion = \"optional\"\nrequired_fields = [\"occasion\", \"occasion\"]",
            "queues.therapist.required_fields: `occasion` stands twice",
            "once",
        ),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn a_brand_that_cannot_be_read_is_refused_with_the_pair_and_a_colour_that_passes() {
    let message = refusal("brand = \"#0b6e5f\"", "brand = \"#7fd1c0\"");
    assert!(message.contains("colors.brand:"), "{message}");
    assert!(message.contains("`brand` #7fd1c0 on `"), "{message}");
    assert!(message.contains("needs 4.5:1 (WCAG AA)") && message.contains("nearest that passes"), "{message}");
    let message = refusal("accent = \"#b45309\"", "accent = \"#ffe08a\"");
    assert!(message.contains("colors.accent:") && message.contains("needs 3:1"), "{message}");
}

#[test]
fn a_queue_has_the_template_that_it_names_or_the_first() {
    let mut brand = Brand::load(&folder("demo-clinic")).unwrap();
    let template = |brand: &Brand| brand.conclusion_template(&brand.queues[0]).map(|template| template.id.clone());
    assert_eq!(template(&brand).as_deref(), Some("visit"));
    brand.queues[0].conclusion = ConclusionNeed::Off;
    assert_eq!(template(&brand), None);
    brand.queues[0].conclusion = ConclusionNeed::Required;
    brand.conclusions.clear();
    let problems = brand.problems().iter().map(ToString::to_string).collect::<String>();
    assert!(problems.contains("queues.therapist.conclusion"), "{problems}");
}

#[test]
fn a_class_that_says_no_time_or_two_and_one_that_is_not_there_are_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        (
            "retention = \"minor\"",
            "retention = \"child\"",
            "queues.paediatrician.retention: there is no class `child`",
            "[[retention]]",
        ),
        ("keep_years = 5\n", "", "retention.talk: it does not say how long", "keep_years or keep_days"),
        ("keep_years = 5\n", "keep_years = 5\nkeep_days = 9\n", "retention.talk: both", "one of them"),
        ("keep_years = 5\n", "keep_years = 0\n", "retention.talk.keep_years: 0", "such as 25"),
        ("keep_years = 5\n", "keep_years = 101\n", "retention.talk.keep_years: 101", "such as 25"),
        ("keep_years = 5\n", "keep_days = 0\n", "retention.talk.keep_days: 0", "such as 365"),
        ("id = \"talk\"", "id = \"minor\"", "retention.id: `minor` stands twice", "its own id"),
        ("ru = \"Беседы с психологом\", ", "", "retention.talk.name: there is no text in `ru`", "for each of"),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn a_queue_has_the_class_that_it_names_or_the_first_and_a_brand_without_classes_keeps_for_ever() {
    let mut brand = Brand::load(&folder("demo-clinic")).unwrap();
    let classes = |brand: &Brand| {
        let class = |queue| brand.retention_class(queue).map(|class| (class.id.clone(), class.keep()));
        brand.queues.iter().map(class).collect::<Vec<_>>()
    };
    let kept = |id: &str, years| Some((id.to_owned(), Some(Keep::Years(years))));
    assert_eq!(classes(&brand), [kept("standard", 25), kept("minor", 43), kept("talk", 5)]);
    brand.retention.clear();
    brand.queues.iter_mut().for_each(|queue| queue.retention = None);
    assert_eq!(classes(&brand), [None, None, None]);
    assert!(brand.problems().is_empty(), "{:?}", brand.problems());
}

#[test]
fn what_is_exported_is_a_brand_that_says_the_same() {
    for name in ["demo-clinic", "demo-law"] {
        let scratch = tempfile::tempdir().unwrap();
        let copy = scratch.path().join(name);
        copy_folder(&folder(name), &copy);
        let brand = Brand::load(&copy).unwrap();
        std::fs::write(copy.join("brand.toml"), brand.to_toml()).unwrap();
        let again = Brand::load(&copy).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&brand).unwrap());
    }
}

#[test]
fn every_section_of_a_brand_is_written_back_as_it_was_read() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    let whole = serde_json::to_value(&brand).unwrap();
    for section in brand.sections() {
        let content = brand.content(&section).unwrap();
        let again = brand.changed(&section, Some(&content)).unwrap();
        assert_eq!(serde_json::to_value(&again).unwrap(), whole, "{section}");
    }
    assert_eq!(brand.content(&"queue.nobody".parse().unwrap()), None);
}

#[test]
fn a_section_that_cannot_be_is_refused_by_its_field() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    let refused = |section: &str, pointer: &str, value: serde_json::Value| {
        let section: Section = section.parse().unwrap();
        let mut content = brand.content(&section).unwrap();
        *content.pointer_mut(pointer).unwrap() = value;
        let problems = brand.changed(&section, Some(&content)).unwrap_err();
        problems.into_iter().map(|problem| problem.key).collect::<Vec<_>>()
    };
    let hours = json!([{ "days": ["monday"], "from": "09:00", "to": "18:00" }, { "days": ["friday"], "from": "18:00", "to": "09:00" }]);
    assert_eq!(refused("queue.therapist", "/hours", hours), ["hours[1]"]);
    assert_eq!(refused("queue.therapist", "/hours", json!([{ "days": ["someday"] }])), ["hours[0].days[0]"]);
    assert_eq!(refused("queue.therapist", "/name/en", json!(" ")), ["name"]);
    assert_eq!(refused("queue.therapist", "/capacity", json!(-1)), ["capacity"]);
    let overflow = json!({ "queue": "therapist", "after_minutes": 5 });
    assert_eq!(refused("queue.therapist", "/routing/overflow", overflow), ["routing.overflow.queue"]);
    assert_eq!(refused("texts", "/texts/en/emergency", json!("")), ["texts.en.emergency"]);
    assert_eq!(refused("contacts", "/phone", json!("8 495")), ["phone"]);
    assert_eq!(refused("queues", "/order", json!(["therapist", "therapist", "psychologist"])), ["order"]);
    assert_eq!(refused("conclusion.visit", "/sections", json!([])), ["sections"]);
    assert_eq!(refused("callback-form", "/form/origins", json!([])), ["form.origins"]);
    assert_eq!(refused("legal", "/documents/0/version", json!(" ")), ["documents.privacy.version"]);
    assert_eq!(refused("legal", "/documents/1/files", json!({ "ru": "terms.html" })), ["documents.terms.files"]);
    assert_eq!(refused("consents", "/consents/0/covers", json!([])), ["legal_profile"]);
    assert_eq!(refused("retention", "/classes/0/keep_years", json!(0)), ["classes.standard.keep_years"]);
    let online = json!([{ "id": "desk", "of": "online", "name": { "ru": "За столом", "en": "At the desk" } }]);
    assert_eq!(refused("statuses", "/statuses", online), ["statuses[0].of"]);
    let gone = brand.changed(&"conclusion.visit".parse().unwrap(), None).unwrap_err();
    assert!(gone.iter().all(|problem| problem.key.starts_with("brand.queues.")), "{gone:?}");
}

#[test]
fn what_is_wrong_has_a_code_and_what_its_sentence_names() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    let section: Section = "queue.therapist".parse().unwrap();
    let mut content = brand.content(&section).unwrap();
    content["priority"] = json!(101);
    content["circle"] = json!("moon");
    let problems = brand.changed(&section, Some(&content)).unwrap_err();
    let of = |key: &str| problems.iter().find(|problem| problem.key == key).unwrap();
    assert_eq!((of("priority").code, of("priority").params["to"].as_str()), (Some("range"), "100"));
    assert_eq!((of("circle").code, of("circle").params["name"].as_str()), (Some("no_circle"), "moon"));
    content["capacity"] = json!("many");
    let problems = brand.changed(&section, Some(&content)).unwrap_err();
    assert_eq!((problems[0].key.as_str(), problems[0].code), ("capacity", Some("unreadable")));
}

#[test]
fn a_text_written_in_the_console_and_a_status_are_exported() {
    let scratch = tempfile::tempdir().unwrap();
    let copy = scratch.path().join("demo-clinic");
    copy_folder(&folder("demo-clinic"), &copy);
    let mut brand = Brand::load(&copy).unwrap();
    let text = json!({ "ru": "Мы храним имя.", "en": "We keep your name." });
    let title = json!({ "ru": "Данные", "en": "Data" });
    let documents = json!({ "documents": [{ "id": "privacy", "version": "2", "title": title, "texts": text }] });
    brand = brand.changed(&"legal".parse().unwrap(), Some(&documents)).unwrap();
    let lunch = json!({ "id": "lunch", "of": "break", "name": { "ru": "Обед", "en": "Lunch" }, "color": "info" });
    brand = brand.changed(&"statuses".parse().unwrap(), Some(&json!({ "statuses": [lunch] }))).unwrap();
    brand = brand.changed(&"callback-form".parse().unwrap(), Some(&json!({ "form": null }))).unwrap();
    std::fs::write(copy.join("brand.toml"), brand.to_toml()).unwrap();
    let again = Brand::load(&copy).unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&brand).unwrap());
    assert_eq!(again.status("lunch").unwrap().name.get("en", "ru"), "Lunch");
}

#[test]
fn a_brand_whose_consents_do_not_cover_its_legal_profile_is_refused_with_the_key_and_the_remedy() {
    for (old, new, key, remedy) in [
        (
            "covers = [\"treatment\"]\n",
            "",
            "legal_profile: `ru` demands a required consent that covers `treatment`",
            "covers = [\"treatment\"]",
        ),
        (
            "\"personal_data\", \"health_data\"]\nrequired = true",
            "\"personal_data\", \"health_data\"]",
            "legal_profile: `ru` demands a required consent that covers `health_data`",
            "required = true",
        ),
        (
            "covers = [\"treatment\"]",
            "covers = [\"treatment\", \"personal_data\"]",
            "consents.treatment.covers: `ru` demands a consent of its own",
            "one for each",
        ),
        (
            "covers = [\"treatment\"]\nrequired = true",
            "covers = [\"treatment\"]\nrequired = true\nasked = \"profile\"",
            "consents.treatment.asked:",
            "remove `asked`",
        ),
        ("id = \"personal-data\"", "id = \"treatment\"", "consents.id: `treatment` stands twice", "its own id"),
        (
            "en = \"I agree to be advised by a doctor at a distance\"",
            "",
            "consents.treatment.title: there is no text in `en`",
            "for each of",
        ),
        (
            "legal_profile = \"ru\"",
            "legal_profile = \"mars\"",
            "legal_profile: there is no legal profile `mars`",
            "Name one of `none`, `ru`, `eu`, or add legal-profiles/mars.toml",
        ),
    ] {
        let message = refusal(old, new);
        assert!(message.contains(key) && message.contains(remedy), "{old} → {new}\n→ {message}");
    }
}

#[test]
fn another_profile_demands_something_else_and_none_nothing() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    assert_eq!(brand.legal_profile, "ru");
    for (profile, kept, refused) in [
        ("eu", vec!["personal-data"], false),
        ("eu", vec!["treatment"], true),
        ("ru", vec!["personal-data"], true),
        ("none", vec![], false),
    ] {
        let mut brand = brand.clone();
        brand.legal_profile = profile.to_owned();
        brand.consents.retain(|consent| kept.contains(&consent.id.as_str()));
        assert_eq!(!brand.problems().is_empty(), refused, "{profile} {kept:?}");
    }
    let mut long = Brand::load(&folder("demo-clinic")).unwrap();
    long.consents[0].summary = [("ru", "я".repeat(401).as_str()), ("en", "short")].into();
    let problems = long.problems().iter().map(ToString::to_string).collect::<String>();
    assert!(
        problems.contains("consents.treatment.summary: the text in `ru` has more than 400 characters"),
        "{problems}"
    );
}

/// A law of the brand's own: a document, and a consent that `ru` would let stand with another.
const OWN_LAW: &str = r#"
source = { ru = "Кодекс о здоровье народа, ст. 134", en = "Code on Public Health, art. 134" }
documents = ["privacy"]
name = { ru = "Казахстан", en = "Kazakhstan" }
[[consents]]
covers = ["treatment"]
[[consents]]
covers = ["personal_data"]
"#;

/// The clinic's brand with a legal profile of its own in a file of that name.
fn with_law(file: &str, text: &str) -> (tempfile::TempDir, Result<Brand, String>) {
    let scratch = tempfile::tempdir().unwrap();
    let copy = scratch.path().join("demo-clinic");
    copy_folder(&folder("demo-clinic"), &copy);
    std::fs::create_dir_all(copy.join("legal-profiles")).unwrap();
    std::fs::write(copy.join("legal-profiles").join(file), text).unwrap();
    let brand = Brand::load(&copy).map_err(|error| error.to_string());
    (scratch, brand)
}

#[test]
fn a_brand_adds_a_legal_profile_by_a_file_and_is_held_to_it() {
    let (_scratch, brand) = with_law("kz.toml", OWN_LAW);
    let mut brand = brand.unwrap();
    let ids: Vec<&str> = brand.laws().map(|law| law.id.as_str()).collect();
    assert_eq!((ids, brand.legal_profile.as_str()), (vec!["none", "ru", "eu", "kz"], "ru"));
    brand.legal_profile = "kz".to_owned();
    assert!(brand.names_law() && brand.problems().is_empty(), "{:?}", brand.problems());
    assert_eq!(brand.law().unwrap().consents[1].covers, [ConsentSubject::PersonalData]);
    brand.legal.retain(|document| document.id != "privacy");
    assert!(brand.problems().iter().any(|problem| problem.code == Some("profile_document")));
    brand.consents.retain(|consent| consent.id != "personal-data");
    assert!(brand.problems().iter().any(|problem| problem.code == Some("profile_demands")));
}

#[test]
fn a_legal_profile_that_cannot_be_is_refused_with_its_file_and_the_remedy() {
    for (file, old, new, message, remedy) in [
        ("ru.toml", "", "", "legal-profiles/ru.toml: `ru` comes with the program", "a name of its own"),
        ("Kz 1.toml", "", "", "legal-profiles/Kz 1.toml: its name is not a short name", "a letter first"),
        ("kz.toml", "covers", "cover", "unknown field `cover`", "`covers`"),
        ("kz.toml", "\"treatment\"", "\"taxes\"", "unknown variant `taxes`", "`health_data`"),
        ("kz.toml", ", en = \"Kazakhstan\"", "", "name: there is no text in `en`", "for each of"),
        ("kz.toml", "[\"personal_data\"]", "[]", "a group covers nothing", "remove the group"),
        ("kz.toml", "[\"personal_data\"]", "[\"treatment\"]", "`treatment` is demanded twice", "name it in one"),
        ("kz.toml", "[\"privacy\"]", "[\"Privacy!\"]", "`Privacy!` is no id of a document", "ids of [[legal]]"),
        ("kz.toml", "Code on Public Health, art. 134", " ", "source: there is no text in `en`", "for each of"),
    ] {
        let refused = with_law(file, &OWN_LAW.replacen(old, new, 1)).1.unwrap_err();
        assert!(refused.contains(message) && refused.contains(remedy), "{file}: {old} → {new}\n→ {refused}");
    }
    let (_scratch, brand) = with_law("README.md", "Profiles of our own lie here.");
    assert_eq!(brand.unwrap().laws().count(), 3, "what is no profile is left alone");
}

#[test]
fn a_rule_that_cannot_be_is_refused_by_its_field() {
    let brand = Brand::load(&folder("demo-clinic")).unwrap();
    let section: Section = "rule.night".parse().unwrap();
    let rule = |event: &str, conditions: serde_json::Value, actions: serde_json::Value| json!({ "name": { "ru": "Ночью", "en": "At night" }, "event": event, "conditions": conditions, "actions": actions });
    let asked = "consultation.requested";
    let good = rule(asked, json!({ "hours": "outside" }), json!({ "alarm": true }));
    let with = brand.changed(&section, Some(&good)).unwrap();
    assert!(with.rule("night").unwrap().on);
    for (event, conditions, actions, key) in [
        (asked, json!({}), json!({}), "actions"),
        (asked, json!({ "queues": ["nowhere"] }), json!({ "alarm": true }), "conditions.queues"),
        (asked, json!({ "queues": ["therapist", "therapist"] }), json!({ "alarm": true }), "conditions.queues"),
        (asked, json!({ "languages": ["la"] }), json!({ "alarm": true }), "conditions.languages"),
        (asked, json!({ "hours": "sometimes" }), json!({ "alarm": true }), "conditions.hours"),
        (asked, json!({ "waited_minutes": 0 }), json!({ "alarm": true }), "conditions.waited_minutes"),
        (asked, json!({ "silent_minutes": 5 }), json!({ "alarm": true }), "conditions.silent_minutes"),
        ("consultation.silence_ended", json!({}), json!({ "alarm": true }), "conditions.silent_minutes"),
        (asked, json!({}), json!({ "add_tags": ["a"], "remove_tags": ["a"] }), "actions.remove_tags"),
        (asked, json!({}), json!({ "move_to": "nowhere" }), "actions.move_to"),
        (asked, json!({}), json!({ "raise_priority_to": 101 }), "actions.raise_priority_to"),
        (asked, json!({}), json!({ "note": " " }), "actions.note"),
        ("consultation.closed", json!({}), json!({ "move_to": "therapist" }), "actions.move_to"),
        ("callback.overdue", json!({ "red_flag": true }), json!({ "alarm": true }), "conditions.red_flag"),
        ("callback.overdue", json!({}), json!({ "add_tags": ["a"] }), "actions.add_tags"),
        ("consultation.held", json!({}), json!({ "alarm": true }), "event"),
    ] {
        let problems = brand.changed(&section, Some(&rule(event, conditions.clone(), actions.clone()))).unwrap_err();
        let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
        assert_eq!(keys, [key], "{event} {conditions} {actions}");
    }
    let queue: Section = "queue.therapist".parse().unwrap();
    let moving = rule(asked, json!({}), json!({ "move_to": "therapist" }));
    let with = brand.changed(&section, Some(&moving)).unwrap();
    let mut retired = with.content(&queue).unwrap();
    retired["retired"] = json!(true);
    let keys: Vec<String> =
        with.changed(&queue, Some(&retired)).unwrap_err().into_iter().map(|problem| problem.key).collect();
    assert!(keys.contains(&"brand.rules.night.actions.move_to".to_owned()), "{keys:?}");
}

#[test]
fn rules_are_exported_and_keep_their_order() {
    let scratch = tempfile::tempdir().unwrap();
    let copy = scratch.path().join("demo-clinic");
    copy_folder(&folder("demo-clinic"), &copy);
    let mut brand = Brand::load(&copy).unwrap();
    brand.rules.clear();
    for id in ["first", "second"] {
        let content = json!({
            "name": { "ru": id, "en": id },
            "event": "consultation.silence_ended",
            "conditions": { "queues": ["therapist"], "silent_minutes": 600, "returning": true },
            "actions": { "note": "Look.", "alarm": true, "raise_priority_to": 20 },
        });
        brand = brand.changed(&format!("rule.{id}").parse().unwrap(), Some(&content)).unwrap();
    }
    brand = brand.changed(&Section::Rules, Some(&json!({ "order": ["second", "first"] }))).unwrap();
    assert!(brand.changed(&Section::Rules, Some(&json!({ "order": ["second"] }))).is_err());
    std::fs::write(copy.join("brand.toml"), brand.to_toml()).unwrap();
    let again = Brand::load(&copy).unwrap();
    assert_eq!(again.rules, brand.rules);
    assert_eq!(again.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["second", "first"]);
}
