//! Invitations, as who gives them out sees them.

use super::Presenter;
use super::qr::qr;
use crate::api::types::{InvitationState, PatientInvitation, PatientInvitations, PatientMade};
use crate::ids::UserId;
use crate::invitation::{self, Given, Made};

/// What a patient signs in with: his user id without what is the same for everybody here.
pub fn login(user: &UserId) -> String {
    user.as_str().trim_start_matches('@').split(':').next().unwrap_or_default().to_owned()
}

impl Presenter<'_> {
    /// A patient who was made.
    pub fn patient_made(&self, made: Made) -> PatientMade {
        let invitation = made.invitation.map(|given| self.invitation(given));
        PatientMade { id: made.patient, user_id: made.user, made: made.is_new, invitation }
    }

    /// The invitation that counts on a card.
    pub fn invitations(&self, latest: Option<Given>) -> PatientInvitations {
        let invitation = latest.map(|given| self.invitation(given));
        let renewable = invitation.as_ref().is_some_and(|shown| shown.state != InvitationState::Used);
        PatientInvitations { invitation, renewable }
    }

    /// One, with its link where it was made just now.
    pub fn invitation(&self, given: Given) -> PatientInvitation {
        let Given { record, secret } = given;
        let entry = self.tenant.patients.by_id(&record.patient);
        // Behind the `#` it stands in no log of a server.
        let link = secret.map(|secret| format!("{}/invitation#{secret}", self.tenant.public_url));
        PatientInvitation {
            state: invitation::state(&record, self.tenant.context.now()),
            login: entry.map(|entry| login(&entry.user_id)).unwrap_or_default(),
            made_by: self.tenant.name_of(&record.made_by),
            qr: link.as_deref().map(qr),
            link,
            id: record.id,
            made_at: record.made_at,
            expires_at: record.expires_at,
            used_at: record.used_at,
            ended_at: record.ended_at,
        }
    }
}
