//! `/keys/device_signing/upload`: which cross-signing keys a user may set, and when a proof is needed for it.
//!
//! Source: client-server API v1.19 §Cross-signing. The first keys need no proof, nor do keys that are already there.

use bytes::Bytes;
use consilium_store::{Batch, CommitError, View};
use ruma::{
    UserId,
    encryption::{CrossSigningKey, KeyUsage},
    serde::Raw,
};

use super::{
    changes::{DeviceListChange, record},
    error::KeyError,
    records::Usage,
    service::Keys,
    signed::Signed,
    upload::KEY_BYTES_MAX,
};
use crate::{
    account::DeviceInfo,
    ids::UserKey,
    keyspaces::{CROSS_SIGNING, KEY_SIGNATURES},
    writer::Touched,
};

/// The keys of one request.
#[derive(Clone, Debug, Default)]
pub struct NewSigningKeys {
    pub master: Option<Raw<CrossSigningKey>>,
    pub self_signing: Option<Raw<CrossSigningKey>>,
    pub user_signing: Option<Raw<CrossSigningKey>>,
}

impl NewSigningKeys {
    fn get(&self, usage: Usage) -> Option<&Raw<CrossSigningKey>> {
        match usage {
            Usage::Master => self.master.as_ref(),
            Usage::SelfSigning => self.self_signing.as_ref(),
            Usage::UserSigning => self.user_signing.as_ref(),
        }
    }
}

/// A key that was checked: its JSON, its public part.
#[derive(Clone, Debug)]
struct Checked {
    usage: Usage,
    json: Bytes,
    public: String,
    signed: Signed,
}

/// What a request would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Nothing to do when empty.
    new: Vec<Checked>,
    /// The master key that is replaced.
    replaced_master: Option<String>,
    /// The value of the master key that the plan was made for.
    master_before: Option<Bytes>,
    pub needs_proof: bool,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.new.is_empty()
    }
}

impl Keys {
    /// Checks a request against what is stored.
    ///
    /// Errors: `WrongForm`, `ForeignKeys`, `NoMasterKey`, `KeyIsDeviceId`, `InvalidSignature`, `TooLarge`.
    pub async fn plan_signing_keys(
        &self,
        view: &dyn View,
        (user, user_id): (UserKey, &UserId),
        devices: &[DeviceInfo],
        keys: &NewSigningKeys,
    ) -> Result<Plan, KeyError> {
        let mut checked = Vec::new();
        for usage in Usage::ALL {
            if let Some(key) = keys.get(usage) {
                let key = check(usage, key, user_id)?;
                if devices.iter().any(|device| device.id.as_str() == key.public) {
                    return Err(KeyError::KeyIsDeviceId);
                }
                checked.push(key);
            }
        }
        let master_before = CROSS_SIGNING.get_versioned(view, &(user.0, Usage::Master.number())).await?;
        let master_before = master_before.map(|(_, json)| json);
        let master_public_before = master_before.as_deref().and_then(public_part);
        let new_master = checked.iter().find(|key| key.usage == Usage::Master).map(|key| key.public.clone());
        let master = new_master.clone().or_else(|| master_public_before.clone()).ok_or(KeyError::NoMasterKey)?;
        for key in checked.iter().filter(|key| key.usage != Usage::Master) {
            if !key.signed.is_signed_by(user_id.as_str(), &master, &master) {
                return Err(KeyError::InvalidSignature(key.usage.name()));
            }
        }
        let mut new = Vec::new();
        for key in checked {
            let stored = CROSS_SIGNING.get_versioned(view, &(user.0, key.usage.number())).await?;
            if stored.and_then(|(_, json)| public_part(&json)).as_ref() != Some(&key.public) {
                new.push(key);
            }
        }
        let replaced_master = master_public_before.filter(|before| *before != master);
        Ok(Plan { needs_proof: master_before.is_some() && !new.is_empty(), new, replaced_master, master_before })
    }

    /// Carries out a plan. Errors: `Busy` when the master key changed since it was made.
    pub async fn set_signing_keys(&self, user: UserKey, plan: Plan) -> Result<(), KeyError> {
        if plan.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        let master_row = (user.0, Usage::Master.number());
        let view = self.writer.view();
        match CROSS_SIGNING.get_versioned(&*view, &master_row).await? {
            before if before.as_ref().map(|(_, json)| json) != plan.master_before.as_ref() => {
                return Err(KeyError::Busy);
            }
            Some((version, json)) => {
                CROSS_SIGNING.guard_equals(&mut batch, &master_row, version);
                // Written again even when it stays: it is the guard of all three.
                CROSS_SIGNING.put_versioned(&mut batch, &master_row, &json);
            }
            None => CROSS_SIGNING.guard_absent(&mut batch, &master_row),
        }
        if let Some(master) = plan.replaced_master {
            // What the old master key signed, and who signed it, means nothing any more.
            for usage in [Usage::SelfSigning, Usage::UserSigning] {
                CROSS_SIGNING.delete(&mut batch, &(user.0, usage.number()));
            }
            KEY_SIGNATURES.delete_prefix(&mut batch, &(user.0, master));
        }
        for key in plan.new {
            CROSS_SIGNING.put_versioned(&mut batch, &(user.0, key.usage.number()), &key.json);
        }
        record(&mut batch, &DeviceListChange::Device { user: user.0 });
        match self.writer.commit(batch, Touched::user(user)).await {
            Ok(_) => Ok(()),
            Err(CommitError::Conflict { .. }) => Err(KeyError::Busy),
            Err(error) => Err(error.into()),
        }
    }
}

/// One key of its user, with one usage and one public key, named by itself.
fn check(usage: Usage, key: &Raw<CrossSigningKey>, user: &UserId) -> Result<Checked, KeyError> {
    let json = key.json().get();
    if json.len() > KEY_BYTES_MAX {
        return Err(KeyError::TooLarge);
    }
    let parsed = key.deserialize().map_err(|error| KeyError::WrongForm(error.to_string()))?;
    if parsed.user_id != user {
        return Err(KeyError::ForeignKeys);
    }
    let wanted = match usage {
        Usage::Master => KeyUsage::Master,
        Usage::SelfSigning => KeyUsage::SelfSigning,
        Usage::UserSigning => KeyUsage::UserSigning,
    };
    let mut keys = parsed.keys.iter();
    let (Some((id, public)), None) = (keys.next(), keys.next()) else {
        return Err(KeyError::WrongForm(format!("the {} key must have one public key", usage.name())));
    };
    if !parsed.usage.contains(&wanted) || id.as_str() != format!("ed25519:{public}") {
        return Err(KeyError::WrongForm(format!("the {} key has another usage, or another name", usage.name())));
    }
    let signed = Signed::parse(json.as_bytes())?;
    Ok(Checked { usage, json: Bytes::copy_from_slice(json.as_bytes()), public: public.clone(), signed })
}

/// The public key of a stored cross-signing key.
pub(super) fn public_part(json: &[u8]) -> Option<String> {
    let key: CrossSigningKey = serde_json::from_slice(json).ok()?;
    key.keys.into_values().next()
}
