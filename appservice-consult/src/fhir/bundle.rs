//! Which resources a consultation becomes, in which order. Pure.
//!
//! The bundle is a `collection`. A `document` would need one `Composition` that attests to all the rest and could never change; a consultation has none, one or
//! several conclusions, each signed for what it says alone, and nobody attests to the conversation. So each conclusion is a `Composition` of its own, and whoever
//! takes the bundle in files each resource by its identifier, which is the same however often it is exported.

use serde_json::{Value, json};

use super::gather::Source;
use super::people::People;
use super::text::clean;
use super::{agreed, answers, encounter, papers, said};

/// The whole consultation.
pub(super) fn bundle(source: &Source) -> Value {
    let (sequence, sealed_at) = source.visit.sealed;
    let entries: Vec<Value> = resources(source).into_iter().filter_map(clean).filter_map(entry).collect();
    let names = &source.names;
    json!({
        "resourceType": "Bundle",
        "id": names.handle("Bundle", source.visit.id.as_str(), "").id,
        "meta": { "lastUpdated": sealed_at },
        "identifier": names.identifier("archive-record", &sequence.to_string()),
        "type": "collection",
        "timestamp": sealed_at,
        "entry": entries,
    })
}

/// Who, then what: nothing refers to what stands behind it but an answer and a message to their file.
fn resources(source: &Source) -> Vec<Value> {
    let people = People::of(source);
    let staff = people.professionals(&papers::signers(source));
    let mut all = vec![people.organization(), people.subject()];
    all.extend(people.related_person());
    all.extend(agreed::consents(source, &people));
    all.extend(staff.iter().map(|one| people.practitioner(one)));
    all.push(encounter::encounter(source, &people));
    all.extend(source.answers.iter().map(|answered| answers::response(source, &people, answered)));
    all.extend(said::communications(source, &people));
    all.extend(papers::files(source, &people));
    all.extend(papers::conclusions(source, &people));
    all
}

fn entry(resource: Value) -> Option<Value> {
    let id = resource["id"].as_str()?;
    Some(json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": resource }))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::{any, proptest};
    use proptest::{prop_assert, prop_assert_eq};
    use serde_json::Value;

    use super::bundle;
    use crate::fhir::source_of_tests::{acted_for, rich};
    use crate::fhir::text::string;

    fn walk<'a>(value: &'a Value, seen: &mut impl FnMut(&'a str, &'a Value)) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    seen(name, value);
                    walk(value, seen);
                }
            }
            Value::Array(values) => {
                for value in values {
                    walk(value, seen);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_order_is_people_consents_visit_answers_words_papers() {
        let made = bundle(&rich());
        let kinds: Vec<&str> = made["entry"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|entry| entry["resource"]["resourceType"].as_str().unwrap_or_default())
            .collect();
        let wanted = [
            "Organization",
            "Patient",
            "Consent",
            "Consent",
            "Practitioner",
            "Practitioner",
            "Encounter",
            "QuestionnaireResponse",
            "Communication",
            "Communication",
            "Communication",
            "Communication",
            "DocumentReference",
            "Composition",
            "DocumentReference",
            "Composition",
            "DocumentReference",
        ];
        assert_eq!(kinds, wanted);
    }

    #[test]
    fn who_acts_for_the_patient_stands_behind_him() {
        let made = bundle(&acted_for());
        let kinds = [1_usize, 2, 3].map(|place| made["entry"][place]["resource"]["resourceType"].clone());
        assert_eq!(kinds, ["Patient", "RelatedPerson", "Consent"]);
        every_reference_leads_somewhere(&made);
    }

    #[test]
    fn every_reference_leads_to_a_resource_of_its_type_in_the_bundle_and_every_name_is_one() {
        every_reference_leads_somewhere(&bundle(&rich()));
    }

    fn every_reference_leads_somewhere(made: &Value) {
        let mut ids = HashSet::new();
        for entry in made["entry"].as_array().into_iter().flatten() {
            assert!(ids.insert((&entry["fullUrl"], &entry["resource"]["resourceType"])), "{entry}");
        }
        let mut references = 0;
        walk(made, &mut |_, value| {
            if let (Some(_), Some(kind)) = (value.get("reference"), value.get("type")) {
                references += 1;
                assert!(ids.contains(&(&value["reference"], kind)), "{value}");
            }
        });
        assert!(references > 30, "{references}");
    }

    proptest! {
        #[test]
        fn whatever_people_write_is_json_with_fhirs_strings(text in any::<String>()) {
            let mut source = rich();
            source.patient.card.name.clone_from(&text);
            source.clinic.name.clone_from(&text);
            source.staff[0].title = Some(text.clone());
            source.ledger[0].shown.title.clone_from(&text);
            source.ledger[0].device_id = Some(text.clone());
            for entry in &mut source.transcript {
                entry.body.clone_from(&text);
                entry.sender.name.clone_from(&text);
                if let Some(file) = &mut entry.file {
                    file.name.clone_from(&text);
                    file.mimetype = Some(text.clone());
                }
            }
            if let Some(answered) = &mut source.answers {
                answered.title.clone_from(&text);
                answered.items[0].text.clone_from(&text);
            }
            let made = bundle(&source);
            let written = made.to_string();
            prop_assert_eq!(&serde_json::from_str::<Value>(&written)?, &made);
            prop_assert_eq!(written, bundle(&source).to_string(), "twice the same bytes");
            let mut wrong = Vec::new();
            walk(&made, &mut |name, value| match value {
                Value::String(text) if string(text).as_deref() != Some(text) => wrong.push(name),
                Value::Null => wrong.push(name),
                Value::Array(values) if values.is_empty() => wrong.push(name),
                Value::Object(fields) if fields.is_empty() => wrong.push(name),
                _ => {}
            });
            prop_assert!(wrong.is_empty(), "{wrong:?}");
        }
    }
}
