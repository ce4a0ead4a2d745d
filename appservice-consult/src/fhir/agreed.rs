//! `Consent`: what the patient, or who acts for him, agreed to up to the end of the consultation, each giving of the ledger by itself. Pure.
//!
//! It is `active` until it is withdrawn, or until he agrees to another text of the same purpose. What he decided after the end is left out, so that a bundle says
//! for ever what was allowed then; of two that tell of the same giving, the later `meta.lastUpdated` knows more.
//!
//! FHIR's scope changes what a consent means, so none is guessed: where the brand does not say what a purpose covers, its own code stands there.

use consilium_config::brand::ConsentSubject;
use serde_json::{Value, json};

use super::gather::Source;
use super::people::People;
use super::text::string;
use crate::consent::{Decision, Entry};

const SCOPE: &str = "http://terminology.hl7.org/CodeSystem/consentscope";
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const LOINC: &str = "http://loinc.org";

/// A giving, and what ended it.
struct Giving<'a> {
    given: &'a Entry,
    /// Its withdrawal, or the giving that took its place.
    ended: Option<&'a Entry>,
}

fn givings(ledger: &[Entry]) -> impl Iterator<Item = Giving<'_>> {
    let given = ledger.iter().filter(|entry| entry.decision == Decision::Given);
    given.map(move |given| {
        // Versions are counted for all of an account together: between two about the same one there may be others.
        let is_later = |entry: &&Entry| entry.version > given.version && entry.purpose == given.purpose;
        Giving { given, ended: ledger.iter().filter(is_later).min_by_key(|entry| entry.version) }
    })
}

/// All of them, in the order they were given.
pub(super) fn consents(source: &Source, people: &People<'_>) -> Vec<Value> {
    givings(&source.ledger).map(|giving| consent(source, people, &giving)).collect()
}

fn consent(source: &Source, people: &People<'_>, giving: &Giving<'_>) -> Value {
    let Giving { given, ended } = *giving;
    let (names, patient) = (&source.names, &source.patient.id);
    let number = format!("{patient}/{}/{}", given.purpose, given.version);
    let hash = json!({ "url": names.system("consent-text-sha256"), "valueString": given.text_hash });
    json!({
        "resourceType": "Consent",
        "id": names.handle("Consent", &number, "").id,
        "meta": { "lastUpdated": ended.unwrap_or(given).at },
        "language": given.shown.language,
        "extension": [device(&names.system("consent-device"), given), ended.map(|ended| end(source, ended))],
        "identifier": [names.identifier("consent", &number)],
        "status": if ended.is_some() { "inactive" } else { "active" },
        "scope": scope(source, given),
        "category": categories(source, given),
        "patient": people.patient().reference(),
        "dateTime": given.at,
        "performer": [people.account_holder().reference()],
        "organization": [people.clinic().reference()],
        "sourceAttachment": {
            "extension": [hash],
            "contentType": "text/plain",
            "language": given.shown.language,
            "url": names.consents_url(patient.as_str(), source.person.as_ref().map(|person| person.id.as_str())),
            "title": given.shown.title,
        },
        // What was agreed to is the text that was shown, whatever the brand says later.
        "policy": [{ "uri": format!("{}/{}", names.system("consent-text"), given.text_hash) }],
        "provision": { "period": { "start": given.at, "end": ended.map(|ended| ended.at) } },
    })
}

/// On which session it was decided; none once the account was deleted.
fn device(url: &str, entry: &Entry) -> Option<Value> {
    entry.device_id.as_deref().and_then(string).map(|device| json!({ "url": url, "valueString": device }))
}

fn end(source: &Source, ended: &Entry) -> Value {
    let reason = match ended.decision {
        Decision::Withdrawn => "withdrawn",
        Decision::Given => "replaced",
    };
    let reason = json!({ "url": "reason", "valueCode": reason });
    json!({ "url": source.names.system("consent-end"), "extension": [reason, device("device", ended)] })
}

fn covers<'a>(source: &'a Source, given: &Entry) -> &'a [ConsentSubject] {
    source.covers.get(&given.purpose).map(Vec::as_slice).unwrap_or_default()
}

fn is_of_data(subject: ConsentSubject) -> bool {
    match subject {
        ConsentSubject::PersonalData | ConsentSubject::HealthData => true,
        ConsentSubject::Treatment => false,
    }
}

fn scope(source: &Source, given: &Entry) -> Value {
    let covers = covers(source, given);
    let official = |code: &str, display: &str| json!({ "system": SCOPE, "code": code, "display": display });
    let coding = if covers.contains(&ConsentSubject::Treatment) {
        official("treatment", "Treatment")
    } else if covers.iter().copied().any(is_of_data) {
        official("patient-privacy", "Privacy Consent")
    } else {
        purpose(source, given)
    };
    json!({ "coding": [coding], "text": given.shown.title })
}

/// That it is a patient's consent; that data may be kept, where it covers them; the brand's purpose.
fn categories(source: &Source, given: &Entry) -> Vec<Value> {
    let patients = json!({ "system": LOINC, "code": "59284-0", "display": "Patient Consent" });
    let data = json!({ "system": ACT_CODE, "code": "ICOL", "display": "information collection" });
    let data = covers(source, given).iter().copied().any(is_of_data).then_some(data);
    let all = [Some(patients), data, Some(purpose(source, given))];
    all.into_iter().flatten().map(|coding| json!({ "coding": [coding] })).collect()
}

fn purpose(source: &Source, given: &Entry) -> Value {
    source.names.coding("consent-purpose", given.purpose.as_str(), &given.shown.title)
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::ConsentSubject;
    use serde_json::{Value, json};

    use super::consents;
    use crate::consent::Decision::{Given, Withdrawn};
    use crate::fhir::gather::Source;
    use crate::fhir::people::People;
    use crate::fhir::source_of_tests::{decided, rich};
    use crate::fhir::text::clean;

    fn made(source: &Source) -> Vec<Value> {
        consents(source, &People::of(source)).into_iter().filter_map(clean).collect()
    }

    #[test]
    fn each_giving_is_one_and_says_what_ended_it() {
        let mut source = rich();
        source.ledger = vec![
            decided("treatment", 1, Given, 0),
            decided("news", 1, Given, 1),
            decided("treatment", 2, Given, 2),
            decided("news", 2, Withdrawn, 3),
            decided("news", 3, Given, 4),
        ];
        let all = made(&source);
        let told = |one: &Value| {
            let ends = one["extension"].as_array().into_iter().flatten();
            let end = ends.map(|end| end["extension"][0]["valueCode"].clone()).find(|reason| !reason.is_null());
            (one["status"].clone(), end.unwrap_or_default(), one["provision"]["period"]["end"].is_string())
        };
        let wanted = [
            (json!("inactive"), json!("replaced"), true),
            (json!("inactive"), json!("withdrawn"), true),
            (json!("active"), Value::Null, false),
            (json!("active"), Value::Null, false),
        ];
        assert_eq!(all.iter().map(told).collect::<Vec<_>>(), wanted);
        assert_eq!(all[1]["meta"]["lastUpdated"], all[1]["provision"]["period"]["end"]);
        assert_eq!(all[3]["meta"]["lastUpdated"], all[3]["dateTime"]);
        assert!(all.iter().all(|one| all.iter().filter(|other| one["id"] == other["id"]).count() == 1), "{all:?}");
    }

    #[test]
    fn what_a_purpose_covers_is_said_in_official_codes_and_what_it_does_not_say_is_not_guessed() {
        use ConsentSubject::{HealthData, PersonalData, Treatment};
        let own = "https://hs.test/_consilium/fhir/consent-purpose";
        let official = "http://terminology.hl7.org/CodeSystem/consentscope";
        for (covers, system, code, categories) in [
            (Some(vec![Treatment]), official, "treatment", 2),
            (Some(vec![PersonalData, HealthData]), official, "patient-privacy", 3),
            (Some(vec![HealthData, Treatment]), official, "treatment", 3),
            (Some(vec![]), own, "news", 2),
            (None, own, "news", 2),
        ] {
            let mut source = rich();
            source.ledger = vec![decided("news", 1, Given, 0)];
            source.covers = covers.map(|covers| ("news".into(), covers)).into_iter().collect();
            let one = made(&source).remove(0);
            let scope = &one["scope"]["coding"][0];
            assert_eq!((&scope["system"], &scope["code"]), (&json!(system), &json!(code)));
            assert_eq!(one["category"].as_array().map(Vec::len), Some(categories), "{one}");
        }
    }

    #[test]
    fn the_text_is_named_by_its_hash_and_a_deleted_accounts_device_is_not() {
        let mut source = rich();
        source.ledger = vec![decided("news", 1, Given, 0)];
        let hash = source.ledger[0].text_hash.clone();
        let one = made(&source).remove(0);
        assert_eq!(one["extension"][0]["valueString"], "D");
        assert_eq!(one["sourceAttachment"]["extension"][0]["valueString"], json!(hash));
        assert_eq!(one["policy"][0]["uri"], json!(format!("https://hs.test/_consilium/fhir/consent-text/{hash}")));
        assert!(!one.to_string().contains("All of news."), "the text itself stays in the ledger");
        source.ledger[0].device_id = None;
        assert_eq!(made(&source).remove(0).get("extension"), None);
    }
}
