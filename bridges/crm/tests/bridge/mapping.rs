//! Mistakes of a mapping are named with their key and a remedy before anything is sent; the ready mapping has none, and the documentation names every key.

use std::path::Path;

use consilium_crm::{Config, ConfigError, EXAMPLE, rehearsal};
use serde_json::Value;

/// What is said of the ready mapping after `from` was replaced by `to` in it.
fn refused(from: &str, to: &str) -> String {
    assert!(EXAMPLE.contains(from), "{from}");
    match Config::parse(&EXAMPLE.replacen(from, to, 1), Path::new(".")) {
        Err(error @ ConfigError::Refused(_)) => error.to_string(),
        other => panic!("{from} → {to}: {other:?}"),
    }
}

#[test]
fn mistakes_are_named_with_key_and_remedy() {
    for (from, to, wanted) in [
        ("listen = \"127", "lisen = \"127", ["lisen", "listen"]),
        ("requests_per_second = 10", "requests_per_second = \"ten\"", ["crm.requests_per_second", "u32"]),
        ("requests_per_second = 10", "requests_per_second = 0", ["crm.requests_per_second", "Set 1 to 1000"]),
        ("requests_per_second = 10", "timeout_seconds = 60", ["crm.timeout_seconds", "Set 1 to 10"]),
        ("data_dir = \"crm-data\"", "keep_days = 7", ["keep_days", "Set at least 31"]),
        ("https://crm.example/api", "http://crm.example/api", ["crm.url", "Use https://"]),
        ("https://crm.example/api", "crm.example", ["crm.url", "it is no URL"]),
        ("https://crm.example/api", "https://me:secret@crm.example/?a=b", ["crm.url", "more than an address"]),
        ("\"Idempotency-Key\"", "\"Idempotency Key\"", ["crm.idempotency_header", "no name of a header"]),
        ("token = { env = \"CRM_BRIDGE_CRM_TOKEN\" }", "token = {}", ["crm.auth.token", "either { env"]),
        (
            "token = { env = \"CRM_BRIDGE_CRM_TOKEN\" }",
            "token = \"abc-secret\"",
            ["crm.auth", "a secret does not stand in the mapping"],
        ),
        ("kind = \"bearer\"", "kind = \"oauth\"", ["crm.auth", "bearer"]),
        ("url = \"https://clinic.example\" ", "# ", ["consilium.url", "steps.fill-in-card asks Consilium"]),
        ("method = \"GET\"", "method = \"FETCH\"", ["steps.find-contact.method", "GET"]),
        ("path = \"/contacts?", "path = \"contacts?", ["steps.find-contact.path", "from `/` on"]),
        ("{{ data.patient_id }}\"", "{{ data.patient_id \"", ["steps.find-contact.path", "malformed"]),
        ("{{ data.patient_id }}\"", "{{ body.id }}\"", ["steps.find-contact.path", "there is no `body` here"]),
        ("\"answer.items[0].id\"", "\"response.id\"", ["remember.\"patient.contact\"", "there is no `response` here"]),
        ("\"answer.items[0].id\"", "\"answer.items[\"", ["remember.\"patient.contact\"", "malformed"]),
        (
            "unless_known = \"patient.contact\"",
            "unless_known = \"person.contact\"",
            ["unless_known", "patient.contact"],
        ),
        ("accept = [409]", "accept = [200]", ["steps.create-contact.accept", "2xx is always good"]),
        ("example = '{ \"items\": [] }'", "example = '{'", ["steps.find-contact.example", "no JSON"]),
        ("when = \"not is_late\"", "when = \"not is_late and\"", ["steps.move-deal.when", "malformed"]),
        ("\"consultation.rated\"", "\"consultation.stars\"", ["on[1].events", "consultation.rated"]),
        ("\"rate-deal\"]", "\"rate-deals\"]", ["on[1].steps", "Add [steps.rate-deals]"]),
        (
            "\"consultation.rated\"",
            "\"operator.status_changed\"",
            ["on[1] at operator.status_changed", "no patient in it"],
        ),
        ("when = \"data.patient_id\"", "when = \"known.patient\"", ["on[2].when", "there is no `known` here"]),
        ("id = \"body.event_id\"", "id = \"data.event_id\"", ["from_crm.contact-changed.id", "There is: body, values"]),
        ("is = \"body.contact.id\"", "is = \"\"", ["from_crm.contact-changed.about.is", "malformed"]),
        (
            "{ known = \"patient.contact\", is = \"body.contact_id\"",
            "{ known = \"patient.card\", is = \"body.contact_id\"",
            ["poll.call-me.about.known", "no step remembers"],
        ),
        ("every_seconds = 60", "every_seconds = 1", ["poll.call-me.every_seconds", "at least 5"]),
        ("list = \"list-call-me\"", "list = \"take-call-me\"", ["poll.call-me.list", "is no GET"]),
        ("[steps.rate-deal]", "[steps.\"Rate deal\"]", ["steps.Rate deal", "it is no name"]),
        ("[values]", "[values", ["line 23", "Mend the TOML"]),
    ] {
        let told = refused(from, to);
        for text in wanted {
            assert!(told.contains(text), "{from} → {to}: `{text}` is not in {told}");
        }
        assert!(told.contains("\n  - ") && told.contains(". "), "{told}");
        assert!(!told.contains("abc-secret"), "{told}");
    }
}

#[test]
fn the_ready_mapping_is_in_order_and_shows_what_it_sends() {
    let config = Config::parse(EXAMPLE, Path::new(".")).unwrap_or_else(|error| panic!("{error}"));
    let rehearsal = rehearsal::rehearse(&config);
    assert_eq!(rehearsal.failures, [""; 0], "{}", rehearsal.story);
    for line in [
        "consultation.requested\n  find-contact: GET https://crm.example/api/contacts?external_id=01890a5d-",
        "  create-contact: POST https://crm.example/api/contacts\n    {\"external_id\":\"01890a5d-",
        "    remembers patient.contact = 1001\n  find-contact: skipped\n",
        "  number-card: PATCH https://clinic.example/_consilium/v1/patients/01890a5d-",
        "  move-deal: PATCH https://crm.example/api/deals/2001\n    {\"stage\":\"done\",\"closed_at\":",
        "  rate-deal: PATCH https://crm.example/api/deals/2001\n    {\"stars\":5}",
        "from_crm.contact-changed\n  fill-in-card: PATCH https://clinic.example/_consilium/v1/patients/",
        "  order-call-back: POST https://clinic.example/_consilium/v1/patients/",
        "  take-call-me: PATCH https://crm.example/api/tasks/77\n    {\"status\":\"taken\"}",
    ] {
        assert!(rehearsal.story.contains(line), "`{line}` is not in\n{}", rehearsal.story);
    }
}

#[test]
fn what_would_be_given_up_is_said_before_it_happens() {
    let mapping = EXAMPLE.replacen("{{ data.requested_at }}", "{{ data.asked_at }}", 1);
    let config = Config::parse(&mapping, Path::new(".")).unwrap_or_else(|error| panic!("{error}"));
    let failures = rehearsal::rehearse(&config).failures;
    assert!(failures[0].starts_with("consultation.requested: steps.create-deal.body: undefined value"), "{failures:?}");
}

#[test]
fn secrets_that_are_not_there_are_named_and_never_printed() {
    let mapping = EXAMPLE.replacen("{ env = \"CRM_BRIDGE_CRM_TOKEN\" }", "{ file = \"nowhere\" }", 1);
    let config = Config::parse(&mapping, Path::new("/folder")).unwrap_or_else(|error| panic!("{error}"));
    let missing: Vec<String> = consilium_crm::missing_secrets(&config).iter().map(ToString::to_string).collect();
    assert_eq!(missing.len(), 4, "{missing:?}");
    assert!(
        missing[0].contains("consilium.webhook_secret: environment variable CRM_BRIDGE_WEBHOOK_SECRET"),
        "{missing:?}"
    );
    assert!(missing[2].contains("crm.auth.token: file /folder/nowhere"), "{missing:?}");
}

#[test]
fn the_documentation_names_every_key() {
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/crm.md");
    let documentation = std::fs::read_to_string(documentation).unwrap();
    let schema = serde_json::to_value(schemars::schema_for!(Config)).unwrap();
    let mut keys = Vec::new();
    properties(&schema, &mut keys);
    assert!(keys.len() > 30, "{keys:?}");
    for key in keys.iter().filter(|key| !["filter", "format"].contains(&key.as_str())) {
        assert!(documentation.contains(&format!("`{key}`")), "docs/crm.md does not name `{key}`");
    }
}

/// Names of all properties of a schema.
fn properties(schema: &Value, keys: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                keys.extend(properties.keys().cloned());
            }
            fields.values().for_each(|value| properties(value, keys));
        }
        Value::Array(values) => values.iter().for_each(|value| properties(value, keys)),
        _ => {}
    }
}
