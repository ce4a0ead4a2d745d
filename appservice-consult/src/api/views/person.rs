//! Persons: a patient keeps his own and decides for them; staff reads their cards with the patient's.

use super::{PatientView, StaffView};
use crate::api::problem::ApiError;
use crate::api::types::{
    Consent, ConsentHistory, Consents, ConsultationDetail, CorrectPerson, GiveConsent, NewPerson, Person, PersonCard,
    PersonChange, Persons,
};
use crate::consent;
use crate::consultation::correct_person::{By, Correction, correct_person};
use crate::consultation::list::{Filter, Whose};
use crate::ids::{ConsentPurpose, ConsultationId, PatientId, PersonId};
use crate::person::{self, Outcome, Treated};
use crate::present;

impl PatientView {
    /// Whom he acts for.
    pub async fn persons(&self) -> Result<Persons, ApiError> {
        let all = person::of_patient(self.tenant(), &self.patient.id).await?;
        Ok(Persons { persons: all.into_iter().map(|record| self.presenter().person(record)).collect() })
    }

    /// Adds one. The flag says whether he was added now.
    pub async fn add_person(&self, new: NewPerson) -> Result<(Person, bool), ApiError> {
        let (record, outcome) = person::add(self.tenant(), &self.patient.id, new, &self.actor()).await?;
        Ok((self.presenter().person(record), outcome == Outcome::Added))
    }

    /// Changes one.
    pub async fn change_person(&self, id: &PersonId, change: PersonChange) -> Result<Person, ApiError> {
        let record = person::change(self.tenant(), &self.patient.id, id, change, &self.actor()).await?;
        Ok(self.presenter().person(record))
    }

    /// Removes one.
    pub async fn remove_person(&self, id: &PersonId) -> Result<Persons, ApiError> {
        person::remove(self.tenant(), &self.patient.id, id, &self.actor()).await?;
        self.persons().await
    }

    /// Another patient's person is answered like an absent one.
    async fn own_person(&self, id: &PersonId) -> Result<(), ApiError> {
        person::own(self.tenant(), &self.patient.id, id).await?;
        Ok(())
    }

    /// What he is asked to agree to for a person, and how each stands.
    pub async fn consents_for(&self, id: &PersonId) -> Result<Consents, ApiError> {
        self.own_person(id).await?;
        self.consents_about(Treated { patient: &self.patient.id, person: Some(id) }).await
    }

    /// Agrees for a person to the text that he was shown.
    pub async fn give_consent_for(
        &self,
        id: &PersonId,
        purpose: ConsentPurpose,
        request: GiveConsent,
    ) -> Result<Consent, ApiError> {
        self.own_person(id).await?;
        self.give_consent_about(Treated { patient: &self.patient.id, person: Some(id) }, purpose, request).await
    }

    /// Withdraws a consent that he gave for a person.
    pub async fn withdraw_consent_for(&self, id: &PersonId, purpose: &ConsentPurpose) -> Result<Consents, ApiError> {
        self.own_person(id).await?;
        self.withdraw_consent_about(Treated { patient: &self.patient.id, person: Some(id) }, purpose).await
    }
}

impl StaffView {
    /// A person's card.
    pub async fn person_card(&self, patient: &PatientId, id: &PersonId) -> Result<PersonCard, ApiError> {
        let patient = &self.acting_account(patient, id);
        let record = person::read_card(self.tenant(), patient, id, &self.actor()).await?;
        let mut reading = self.tenant().store.read_at_length().await?;
        let filter = Filter {
            seen_by: self.reader(),
            patients: Some(vec![patient.clone()]),
            whose: Some(Whose::Person(id.clone())),
            ..Filter::default()
        };
        let consultations = self.card_consultations(&mut reading, &filter).await?;
        let brand = self.tenant().brand();
        let consents = consent::states(&mut reading, &brand, Treated { patient, person: Some(id) }).await?;
        let presenter = self.presenter();
        let person = presenter.person(record);
        Ok(PersonCard {
            id: person.id,
            name: person.name,
            birth_date: person.birth_date,
            age: person.age,
            sex: person.sex,
            relationship: person.relationship,
            active: person.active,
            created_at: person.created_at,
            patient: presenter.patient_ref(patient),
            consultations,
            consents: presenter.card_consents(&brand, consents),
        })
    }

    /// Corrects for whom a consultation is.
    pub async fn correct_person(
        &self,
        id: &ConsultationId,
        request: CorrectPerson,
    ) -> Result<ConsultationDetail, ApiError> {
        self.known(id).await?;
        let actor = self.actor();
        let by = By { id: &self.member.id, right: self.right(), actor: &actor };
        let correction = Correction { person: request.person_id, was: request.was };
        let corrected = correct_person(self.tenant(), id, &correction, by).await;
        self.detail(&corrected.map_err(|error| self.failed(error))?).await
    }

    /// All that was agreed to and withdrawn for a person; a reading of his card.
    pub async fn person_consents(&self, patient: &PatientId, id: &PersonId) -> Result<ConsentHistory, ApiError> {
        let patient = &self.acting_account(patient, id);
        person::read_card(self.tenant(), patient, id, &self.actor()).await?;
        let mut reading = self.tenant().store.read_at_length().await?;
        let ledger = consent::ledger_about(&mut reading, Treated { patient, person: Some(id) }).await?;
        Ok(ConsentHistory { entries: ledger.into_iter().map(present::consent_entry).collect() })
    }
}
