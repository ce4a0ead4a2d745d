//! `QuestionnaireResponse`: what the patient answered when he asked, with the questions as they were put to him inside. Pure.

use consilium_config::brand::QuestionType;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::gather::Source;
use super::people::People;
use crate::api::types::{AnswerValue, Answered, AnsweredItem};

/// The name of the questions inside the response.
const ASKED: &str = "asked";

pub(super) fn response(source: &Source, people: &People<'_>, answered: &Answered) -> Value {
    let visit = source.visit.id.as_str();
    let questions: Vec<Value> = answered
        .items
        .iter()
        .map(|item| json!({ "linkId": item.link_id, "text": item.text, "type": kind(item.kind) }))
        .collect();
    json!({
        "resourceType": "QuestionnaireResponse",
        "id": source.names.handle("QuestionnaireResponse", visit, "").id,
        "contained": [{
            "resourceType": "Questionnaire", "id": ASKED, "status": "active", "title": answered.title, "item": questions,
        }],
        "identifier": source.names.identifier("answers", visit),
        "questionnaire": format!("#{ASKED}"),
        "status": "completed",
        "subject": people.patient().reference(),
        "encounter": people.encounter().reference(),
        "authored": answered.answered_at,
        "author": people.account_holder().reference(),
        "source": people.account_holder().reference(),
        "item": answered.items.iter().map(|item| answer(source, item)).collect::<Vec<_>>(),
    })
}

fn kind(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::Display => "display",
        QuestionType::Boolean => "boolean",
        QuestionType::Choice => "choice",
        QuestionType::Decimal => "decimal",
        QuestionType::Date => "date",
        QuestionType::Text => "text",
    }
}

fn answer(source: &Source, item: &AnsweredItem) -> Value {
    let red_flag = item.red_flag.then(|| json!({ "url": source.names.system("red-flag"), "valueBoolean": true }));
    json!({
        "extension": [red_flag], "linkId": item.link_id, "text": item.text, "answer": values(source, item),
    })
}

fn values(source: &Source, item: &AnsweredItem) -> Vec<Value> {
    match &item.value {
        AnswerValue::Boolean(value) => vec![json!({ "valueBoolean": value })],
        AnswerValue::Decimal(value) => vec![match &item.unit {
            Some(unit) => json!({ "valueQuantity": { "value": value, "unit": unit } }),
            None => json!({ "valueDecimal": value }),
        }],
        AnswerValue::Codes(codes) => {
            let system = format!("answer/{}", item.link_id);
            let shown = |place: usize| item.chosen.get(place).map_or("", String::as_str);
            let codings = codes.iter().enumerate();
            codings
                .map(|(place, code)| json!({ "valueCoding": source.names.coding(&system, code, shown(place)) }))
                .collect()
        }
        AnswerValue::Text(text) if item.kind == QuestionType::Date && text.parse::<Date>().is_ok() => {
            vec![json!({ "valueDate": text })]
        }
        AnswerValue::Text(text) => vec![json!({ "valueString": text })],
    }
}

#[cfg(test)]
mod tests {
    use consilium_config::brand::QuestionType;
    use serde_json::{Value, json};

    use super::values;
    use crate::api::types::{AnswerValue, AnsweredItem};
    use crate::fhir::source_of_tests::rich;
    use crate::fhir::text::clean;

    fn answered(kind: QuestionType, value: AnswerValue, chosen: &[&str], unit: Option<&str>) -> Vec<Value> {
        let item = AnsweredItem {
            link_id: "q".to_owned(),
            text: "Q".to_owned(),
            kind,
            value,
            chosen: chosen.iter().map(|&text| text.to_owned()).collect(),
            unit: unit.map(str::to_owned),
            red_flag: false,
        };
        values(&rich(), &item).into_iter().filter_map(clean).collect()
    }

    #[test]
    fn each_type_of_answer_is_the_value_of_its_type() {
        let text = |text: &str| AnswerValue::Text(text.to_owned());
        let date = answered(QuestionType::Date, text("2026-05-09"), &[], None);
        assert_eq!(date, [json!({ "valueDate": "2026-05-09" })]);
        assert_eq!(answered(QuestionType::Date, text("May"), &[], None), [json!({ "valueString": "May" })]);
        let measured = answered(QuestionType::Decimal, AnswerValue::Decimal(38.2), &[], Some("°C"));
        assert_eq!(measured, [json!({ "valueQuantity": { "value": 38.2, "unit": "°C" } })]);
        let counted = answered(QuestionType::Decimal, AnswerValue::Decimal(3.0), &[], None);
        assert_eq!(counted, [json!({ "valueDecimal": 3.0 })]);
        let codes = AnswerValue::Codes(vec!["rash".to_owned(), "breath".to_owned()]);
        let chosen = answered(QuestionType::Choice, codes, &["A rash"], None);
        let system = "https://hs.test/_consilium/fhir/answer/q";
        let first = json!({ "valueCoding": { "system": system, "code": "rash", "display": "A rash" } });
        assert_eq!(chosen, [first, json!({ "valueCoding": { "system": system, "code": "breath" } })]);
        assert_eq!(answered(QuestionType::Text, text("\u{0}"), &[], None), Vec::<Value>::new());
    }
}
