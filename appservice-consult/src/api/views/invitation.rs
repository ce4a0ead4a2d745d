//! Patients who are made before they come: by every member of staff, by partners' systems with the scope for it; and what a visitor with a link may do.

use super::{PartnerView, PatientsInvite, StaffOr, StaffView, VisitorView};
use crate::actor::Actor;
use crate::api::problem::ApiError;
use crate::api::types::{
    AcceptInvitation, CheckPatient, InvitationAccepted, InvitationGreeting, NewPatient, PatientChange, PatientCheck,
    PatientInvitation, PatientInvitations, PatientMade, RenewInvitation,
};
use crate::ids::PatientId;
use crate::invitation::{self, Given, New};
use crate::patient;
use crate::present::{Presenter, login};
use crate::tenant::Tenant;

/// Who makes patients and invites them.
pub struct Inviter<'a> {
    tenant: &'a Tenant,
    presenter: Presenter<'a>,
    actor: Actor,
    /// The system that asks, whose openings are counted.
    partner: Option<&'a PartnerView<PatientsInvite>>,
}

impl StaffOr<PatientsInvite> {
    /// What both may do.
    pub fn inviter(&self) -> Inviter<'_> {
        match self {
            Self::Staff(staff) => {
                Inviter { tenant: staff.tenant(), presenter: staff.presenter(), actor: staff.actor(), partner: None }
            }
            Self::Partner(partner) => Inviter {
                tenant: partner.tenant(),
                presenter: partner.presenter(),
                actor: partner.actor(),
                partner: Some(partner),
            },
        }
    }
}

impl Inviter<'_> {
    /// Makes a patient and invites him.
    pub async fn make(&self, new: NewPatient) -> Result<PatientMade, ApiError> {
        self.count()?;
        let new = New {
            request_id: new.request_id.to_string(),
            card: PatientChange {
                name: Some(new.name),
                birth_date: Some(new.birth_date),
                sex: Some(new.sex),
                phone: Some(new.phone),
                email: Some(new.email),
                insurance: Some(new.insurance),
                external_id: Some(new.external_id),
                fields: new.fields,
            },
            language: new.language,
        };
        let made = invitation::make(self.tenant, new, &self.actor).await?;
        Ok(self.presenter.patient_made(made))
    }

    /// The invitation that counts on a card.
    pub async fn of(&self, id: &PatientId) -> Result<PatientInvitations, ApiError> {
        let latest = invitation::latest(self.tenant, id).await?;
        Ok(self.presenter.invitations(latest.map(|record| Given { record, secret: None })))
    }

    /// A new link instead of the former.
    pub async fn renew(&self, id: &PatientId, wish: RenewInvitation) -> Result<PatientInvitation, ApiError> {
        self.count()?;
        let given = invitation::renew(self.tenant, id, wish.language, &self.actor).await?;
        Ok(self.presenter.invitation(given))
    }

    /// Takes the link back.
    pub async fn take_back(&self, id: &PatientId) -> Result<PatientInvitations, ApiError> {
        let record = invitation::take_back(self.tenant, id, &self.actor).await?;
        Ok(self.presenter.invitations(Some(Given { record, secret: None })))
    }

    fn count(&self) -> Result<(), ApiError> {
        self.partner.map_or(Ok(()), PartnerView::count_opening)
    }
}

impl StaffView {
    /// What a card would be like that is not made yet.
    pub async fn check_patient(&self, check: CheckPatient) -> Result<PatientCheck, ApiError> {
        let tenant = self.tenant();
        let card = patient::new_card(tenant, check.into(), &self.actor())?;
        let mut reading = tenant.store.read_at_length().await?;
        let found = patient::lookalikes(tenant, &mut reading, &card).await?;
        Ok(PatientCheck { duplicates: self.shown_duplicates(&mut reading, found).await? })
    }
}

impl VisitorView {
    /// Whom a link invites.
    pub async fn open_invitation(&self, secret: &str) -> Result<InvitationGreeting, ApiError> {
        self.served.public_limits.check_invitation(self.address)?;
        let tenant = &self.served.tenant;
        let (record, entry) = invitation::greeting(tenant, secret).await?;
        let brand = tenant.brand();
        let language = record.language.as_deref().unwrap_or(&self.language);
        Ok(InvitationGreeting {
            service: brand.name.get(language, &brand.default_language).to_owned(),
            name: entry.card.name.clone(),
            login: login(&entry.user_id),
            expires_at: record.expires_at,
            language: record.language,
        })
    }

    /// Sets the password of the account that a link is of.
    pub async fn accept_invitation(&self, wish: AcceptInvitation) -> Result<InvitationAccepted, ApiError> {
        self.served.public_limits.check_invitation(self.address)?;
        let entry = invitation::accept(&self.served.tenant, &wish.secret, &wish.password).await?;
        Ok(InvitationAccepted { login: login(&entry.user_id), user_id: entry.user_id.clone() })
    }
}
