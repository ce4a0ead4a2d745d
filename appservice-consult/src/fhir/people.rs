//! Who is named in a bundle: the clinic, the patient, who acts for him, and everybody of staff who took part, wrote, called or signed. Pure.

use serde_json::{Value, json};

use super::gather::{Acted, Clinic, Source, Subject};
use super::names::{Handle, Names};
use crate::api::types::{PatientLink, Relationship, Sender, SenderKind, Sex};
use crate::ids::OperatorId;
use crate::patient::Card;

const ROLE_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
const CONTACT_ROLE: &str = "http://terminology.hl7.org/CodeSystem/v2-0131";

/// Everybody who is named, as others refer to them.
pub(super) struct People<'a> {
    source: &'a Source,
}

impl<'a> People<'a> {
    pub(super) fn of(source: &'a Source) -> Self {
        Self { source }
    }

    fn names(&self) -> &Names {
        &self.source.names
    }

    pub(super) fn clinic(&self) -> Handle {
        self.names().handle("Organization", "clinic", &self.source.clinic.name)
    }

    /// Whose health it is about.
    pub(super) fn patient(&self) -> Handle {
        if let Some(Acted { id, card, .. }) = &self.source.person {
            return self.names().handle("Patient", id.as_str(), &card.name);
        }
        let Subject { id, card, .. } = &self.source.patient;
        self.names().handle("Patient", id.as_str(), &card.name)
    }

    /// Who asked, answered and agreed: the patient himself, or who acts for him.
    pub(super) fn account_holder(&self) -> Handle {
        self.acting().unwrap_or_else(|| self.patient())
    }

    /// Who acts for the patient; none: he himself.
    pub(super) fn acting(&self) -> Option<Handle> {
        let (Acted { id, .. }, Subject { id: account, card, .. }) =
            (self.source.person.as_ref()?, &self.source.patient);
        // He is one `RelatedPerson` for each of his: the resource says whose.
        Some(self.names().handle("RelatedPerson", &format!("{account}/{id}"), &card.name))
    }

    pub(super) fn encounter(&self) -> Handle {
        self.names().handle("Encounter", self.source.visit.id.as_str(), "")
    }

    /// A member of staff by his record; named as `otherwise` where he has none today.
    pub(super) fn professional(&self, id: &OperatorId, otherwise: &str) -> Handle {
        let known = self.source.staff.iter().find(|one| one.id == *id);
        self.names().handle("Practitioner", id.as_str(), known.map_or(otherwise, |one| &one.name))
    }

    /// Who sent something.
    pub(super) fn sender(&self, sender: &Sender) -> Handle {
        match sender.kind {
            SenderKind::Patient => self.account_holder(),
            SenderKind::System => self.clinic(),
            SenderKind::Operator => match self.source.staff.iter().find(|one| one.user_id == sender.user_id) {
                Some(known) => self.professional(&known.id, &known.name),
                None => self.names().handle("Practitioner", sender.user_id.as_str(), &sender.name),
            },
        }
    }

    /// Whom something was for: the patient's side where the clinic's sent it, the clinic where he did.
    pub(super) fn recipient(&self, sender: &Sender) -> Handle {
        match sender.kind {
            SenderKind::Patient => self.clinic(),
            SenderKind::Operator | SenderKind::System => self.account_holder(),
        }
    }

    /// All of staff who are named, each once: as they joined, then those who signed, wrote or called besides.
    pub(super) fn professionals(&self, signers: &[(OperatorId, String)]) -> Vec<Handle> {
        let Source { visit, transcript, calls, .. } = self.source;
        let joined = visit.members.iter().map(|member| self.professional(&member.operator, ""));
        let signed = signers.iter().map(|(id, name)| self.professional(id, name));
        let senders = transcript.iter().map(|entry| &entry.sender).chain(calls.iter().map(|call| &call.caller));
        let sent = senders.filter(|sender| sender.kind == SenderKind::Operator).map(|sender| self.sender(sender));
        let mut all: Vec<Handle> = Vec::new();
        for one in joined.chain(signed).chain(sent) {
            if all.iter().all(|known| known.id != one.id) {
                all.push(one);
            }
        }
        all
    }

    /// `Practitioner`: his number here, name, profession.
    pub(super) fn practitioner(&self, handle: &Handle) -> Value {
        let names = self.names();
        let is_he = |own: &str| names.handle("Practitioner", own, "").id == handle.id;
        let known = self.source.staff.iter().find(|one| is_he(one.id.as_str()));
        let title = known.and_then(|one| one.title.as_deref());
        json!({
            "resourceType": "Practitioner",
            "id": handle.id,
            "identifier": [known.map(|one| names.identifier("operator", one.id.as_str()))],
            "name": [{ "text": handle.shown }],
            "qualification": [title.map(|title| json!({ "code": { "text": title } }))],
        })
    }

    /// `Organization`: the brand.
    pub(super) fn organization(&self) -> Value {
        let Clinic { name, legal_name, address, phone, email } = &self.source.clinic;
        let alias = (legal_name != name).then_some(legal_name);
        json!({
            "resourceType": "Organization",
            "id": self.clinic().id,
            "identifier": [self.names().identifier("clinic", &self.names().server_name)],
            "active": true,
            "name": name,
            "alias": [alias],
            "telecom": telecom(phone.as_deref(), email.as_deref(), "work"),
            "address": [{ "text": address }],
        })
    }

    /// `Patient`: his card, his number here and the one by which a partner's system knows him.
    pub(super) fn subject(&self) -> Value {
        let names = self.names();
        let (number, card) = match &self.source.person {
            Some(Acted { id, card, .. }) => (names.identifier("person", id.as_str()), card),
            None => (names.identifier("patient", self.source.patient.id.as_str()), &self.source.patient.card),
        };
        let insurance = card.insurance.as_ref().map(|policy| {
            let mut identifier = names.identifier("insurance", policy);
            identifier["type"] = json!({ "text": "Insurance policy" });
            identifier
        });
        json!({
            "resourceType": "Patient",
            "id": self.patient().id,
            "identifier": [
                number,
                card.external_id.as_ref().map(|external| names.identifier("partner-number", external)),
                insurance,
            ],
            "name": [{ "text": card.name }],
            "telecom": telecom(card.phone.as_deref(), card.email.as_deref(), "home"),
            "gender": card.sex.map_or("unknown", gender),
            "birthDate": card.birth_date.map(|date| date.to_string()),
            "communication": [self.language()],
            "managingOrganization": self.clinic().reference(),
            "link": self.links(),
        })
    }

    /// Other records of the same human, by their numbers here: they are in no bundle of this one's. A person who is acted for has none.
    fn links(&self) -> Vec<Value> {
        if self.source.person.is_some() {
            return Vec::new();
        }
        let link = |link: &PatientLink| {
            let other = self.names().identifier("patient", link.patient_id.as_str());
            json!({ "other": { "type": "Patient", "identifier": other }, "type": link.kind })
        };
        self.source.patient.links.iter().map(link).collect()
    }

    /// `RelatedPerson`: the account holder, by his own card, and what he is to the patient.
    pub(super) fn related_person(&self) -> Option<Value> {
        let (handle, Subject { id, card, .. }) = (self.acting()?, &self.source.patient);
        let Card { name, birth_date, sex, phone, email, .. } = card;
        let relationship = self.source.person.as_ref()?.relationship.map(relationship);
        Some(json!({
            "resourceType": "RelatedPerson",
            "id": handle.id,
            "identifier": [self.names().identifier("patient", id.as_str())],
            "active": true,
            "patient": self.patient().reference(),
            "relationship": [relationship],
            "name": [{ "text": name }],
            "telecom": telecom(phone.as_deref(), email.as_deref(), "home"),
            "gender": sex.map_or("unknown", gender),
            "birthDate": birth_date.map(|date| date.to_string()),
            "communication": [self.language()],
        }))
    }

    /// What was spoken with the service.
    fn language(&self) -> Value {
        json!({ "language": { "coding": [{ "system": "urn:ietf:bcp:47", "code": self.source.visit.language }] } })
    }
}

fn gender(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "female",
        Sex::Male => "male",
        Sex::Other => "other",
    }
}

fn relationship(relationship: Relationship) -> Value {
    let (system, code, display) = match relationship {
        Relationship::Parent => (ROLE_CODE, "PRN", "parent"),
        Relationship::Child => (ROLE_CODE, "CHILD", "child"),
        Relationship::Spouse => (ROLE_CODE, "SPS", "spouse"),
        Relationship::Sibling => (ROLE_CODE, "SIB", "sibling"),
        Relationship::Grandparent => (ROLE_CODE, "GRPRN", "grandparent"),
        Relationship::Grandchild => (ROLE_CODE, "GRNDCHILD", "grandchild"),
        Relationship::Guardian => (ROLE_CODE, "GUARD", "guardian"),
        Relationship::Family => (ROLE_CODE, "FAMMEMB", "family member"),
        Relationship::Other => (CONTACT_ROLE, "O", "Other"),
    };
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

fn telecom(phone: Option<&str>, email: Option<&str>, used: &str) -> Value {
    let point = |system: &str, value: &str| json!({ "system": system, "value": value, "use": used });
    json!([phone.map(|phone| point("phone", phone)), email.map(|email| point("email", email))])
}

#[cfg(test)]
mod tests {
    use super::People;
    use crate::api::types::{PatientLink, PatientLinkType};
    use crate::fhir::source_of_tests::{acted_for, rich, said};
    use crate::fhir::text::clean;
    use serde_json::json;

    #[test]
    fn a_deleted_account_is_a_patient_without_a_name() {
        let mut source = rich();
        source.patient.card = crate::patient::Card::default();
        let patient = clean(People::of(&source).subject()).unwrap_or_default();
        assert_eq!((patient.get("name"), &patient["gender"]), (None, &json!("unknown")));
        assert_eq!(patient["identifier"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn another_record_of_the_same_human_is_named_by_its_number_and_not_on_a_persons() {
        let link = PatientLink { kind: PatientLinkType::ReplacedBy, patient_id: "p2".into() };
        let (mut source, mut of_another) = (rich(), acted_for());
        source.patient.links = vec![link.clone()];
        of_another.patient.links = vec![link];
        let patient = clean(People::of(&source).subject()).unwrap_or_default();
        let other = json!({
            "type": "Patient",
            "identifier": { "system": "https://hs.test/_consilium/fhir/patient", "value": "p2" },
        });
        assert_eq!(patient["link"], json!([{ "other": other, "type": "replaced-by" }]));
        let person = clean(People::of(&of_another).subject()).unwrap_or_default();
        assert_eq!(person.get("link"), None);
    }

    #[test]
    fn who_is_acted_for_is_the_patient_and_the_account_holder_is_related_to_him() {
        let source = acted_for();
        let people = People::of(&source);
        let patient = clean(people.subject()).unwrap_or_default();
        assert_eq!((&patient["name"][0]["text"], &patient["birthDate"]), (&json!("Masha"), &json!("2020-05-01")));
        assert_eq!(patient["identifier"][0]["system"], "https://hs.test/_consilium/fhir/person");
        let related = people.related_person().and_then(clean).unwrap_or_default();
        assert_eq!((&related["name"][0]["text"], &related["patient"]["display"]), (&json!("Anna"), &json!("Masha")));
        assert_eq!(related["relationship"][0]["coding"][0]["code"], "PRN");
        let said = said("$1", "@anna:hs.test", "Anna");
        assert_eq!(people.sender(&said.sender).kind, "RelatedPerson");
        let himself = rich();
        assert!(People::of(&himself).related_person().is_none() && People::of(&himself).acting().is_none());
    }

    #[test]
    fn everybody_of_staff_is_there_once_and_keeps_the_name_of_then_where_he_has_no_record() {
        let mut source = rich();
        source.transcript.push(said("$gone", "@gone:hs.test", "Dr Gone"));
        source.transcript.push(said("$gone2", "@gone:hs.test", "Dr Gone"));
        let people = People::of(&source);
        let shown: Vec<String> = people.professionals(&[]).into_iter().map(|one| one.shown).collect();
        assert_eq!(shown, ["Dr Petrova", "Dr Sokolov", "Dr Gone"]);
        let gone = people.professionals(&[]).pop().map(|one| people.practitioner(&one)).and_then(clean);
        assert_eq!(gone.map(|one| one["name"].clone()), Some(json!([{ "text": "Dr Gone" }])));
    }
}
