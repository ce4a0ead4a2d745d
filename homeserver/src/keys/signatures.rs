//! `/keys/signatures/upload`: signatures on one's own devices and master key, and on other users' master keys.
//!
//! Each is checked by itself: what is wrong with one does not keep the others out.

use std::collections::BTreeMap;

use bytes::Bytes;
use consilium_store::{Batch, View};
use ruma::{OwnedUserId, UserId};
use serde_json::{Value, json, value::RawValue};

use super::{
    changes::{DeviceListChange, record},
    cross_signing::public_part,
    error::KeyError,
    records::Usage,
    service::Keys,
    signed::Signed,
    upload::KEY_BYTES_MAX,
};
use crate::{
    ids::UserKey,
    keyspaces::{CROSS_SIGNING, DEVICE_KEYS, KEY_SIGNATURES},
    writer::Touched,
};

/// Objects of one request: each costs a signature check.
const OBJECTS_MAX: usize = 500;

/// User → device id or public key → the object with the new signatures.
pub type SignedObjects = BTreeMap<OwnedUserId, BTreeMap<String, Box<RawValue>>>;

/// User → device id or public key → why it was refused.
pub type Failures = BTreeMap<OwnedUserId, BTreeMap<String, Value>>;

#[derive(Debug)]
enum Refusal {
    NotFound,
    Different,
    InvalidSignature,
    WrongForm,
}

impl Refusal {
    fn json(&self) -> Value {
        let (errcode, error) = match self {
            Self::NotFound => ("M_NOT_FOUND", "There is no such key, or it is not one that you may sign."),
            Self::Different => ("M_INVALID_PARAM", "The object differs from the one that is stored."),
            Self::InvalidSignature => ("M_INVALID_SIGNATURE", "The object has no valid signature of yours."),
            Self::WrongForm => ("M_BAD_JSON", "The object is not a signed object."),
        };
        json!({ "errcode": errcode, "error": error })
    }
}

/// A signature that was checked: on whose key, with which key.
struct Accepted {
    signing_key: String,
    signature: String,
}

/// The signer, with his keys that sign.
struct Signer<'a> {
    key: UserKey,
    id: &'a UserId,
    master: Option<Bytes>,
    self_signing: Option<String>,
    user_signing: Option<String>,
}

impl Keys {
    /// Stores the valid signatures; gives what was refused.
    pub async fn add_signatures(
        &self,
        (user, user_id): (UserKey, &UserId),
        objects: &SignedObjects,
    ) -> Result<Failures, KeyError> {
        if objects.values().map(BTreeMap::len).sum::<usize>() > OBJECTS_MAX {
            return Err(KeyError::TooMany);
        }
        let view = self.writer.view();
        let view = &*view;
        let key = |usage: Usage| (user.0, usage.number());
        let own = |usage| async move { CROSS_SIGNING.get_versioned(view, &key(usage)).await };
        let public = |json: Option<(_, Bytes)>| json.and_then(|(_, json)| public_part(&json));
        let signer = Signer {
            key: user,
            id: user_id,
            master: own(Usage::Master).await?.map(|(_, json)| json),
            self_signing: public(own(Usage::SelfSigning).await?),
            user_signing: public(own(Usage::UserSigning).await?),
        };
        let mut failures = Failures::new();
        let mut batch = Batch::new();
        for (target, objects) in objects {
            let target_key = self.ids.user(view, target).await?;
            let mut accepted_any = false;
            for (id, object) in objects {
                let checked = match target_key {
                    Some(target_key) => check(view, &signer, target_key, id, object).await?,
                    None => Err(Refusal::NotFound),
                };
                match (checked, target_key) {
                    (Ok(accepted), Some(target_key)) => {
                        for Accepted { signing_key, signature } in accepted {
                            let row = (target_key.0, id.clone(), user.0, signing_key);
                            KEY_SIGNATURES.put(&mut batch, &row, &signature.into());
                        }
                        accepted_any = true;
                    }
                    (Err(refusal), _) => {
                        failures.entry(target.clone()).or_default().insert(id.clone(), refusal.json());
                    }
                    (Ok(_), None) => {}
                }
            }
            match target_key {
                Some(target) if accepted_any && target == user => {
                    record(&mut batch, &DeviceListChange::Device { user: user.0 });
                }
                Some(target) if accepted_any => {
                    record(&mut batch, &DeviceListChange::Signed { by: user.0, target: target.0 });
                }
                _ => {}
            }
        }
        if !batch.is_empty() {
            self.writer.commit(batch, Touched::user(user)).await?;
        }
        Ok(failures)
    }
}

async fn check(
    view: &dyn View,
    signer: &Signer<'_>,
    target: UserKey,
    id: &str,
    object: &RawValue,
) -> Result<Result<Vec<Accepted>, Refusal>, KeyError> {
    if object.get().len() > KEY_BYTES_MAX {
        return Ok(Err(Refusal::WrongForm));
    }
    let Ok(signed) = Signed::parse(object.get().as_bytes()) else { return Ok(Err(Refusal::WrongForm)) };
    if target == signer.key {
        if let Some(device) = DEVICE_KEYS.get(view, &(target.0, id.to_owned())).await? {
            return Ok(own_device(signer, &signed, &device));
        }
        return own_master(view, signer, &signed, id).await;
    }
    let master = CROSS_SIGNING.get_versioned(view, &(target.0, Usage::Master.number())).await?;
    let Some((_, master)) = master.filter(|(_, json)| public_part(json).as_deref() == Some(id)) else {
        return Ok(Err(Refusal::NotFound));
    };
    Ok(with_key(signer, &signed, &master, signer.user_signing.as_deref()))
}

/// A device of one's own is signed with the self-signing key.
fn own_device(signer: &Signer<'_>, signed: &Signed, stored: &[u8]) -> Result<Vec<Accepted>, Refusal> {
    with_key(signer, signed, stored, signer.self_signing.as_deref())
}

fn with_key(
    signer: &Signer<'_>,
    signed: &Signed,
    stored: &[u8],
    signing_key: Option<&str>,
) -> Result<Vec<Accepted>, Refusal> {
    let stored = Signed::parse(stored).map_err(|_| Refusal::WrongForm)?;
    if !signed.same_payload(&stored) {
        return Err(Refusal::Different);
    }
    let public = signing_key.ok_or(Refusal::NotFound)?;
    if !signed.is_signed_by(signer.id.as_str(), public, public) {
        return Err(Refusal::InvalidSignature);
    }
    let id = format!("ed25519:{public}");
    let found = signed.signatures_of(signer.id.as_str()).find(|(key, _)| *key == id);
    let (key, signature) = found.ok_or(Refusal::InvalidSignature)?;
    Ok(vec![Accepted { signing_key: key.to_owned(), signature: signature.to_owned() }])
}

/// The master key of one's own is signed by one's devices.
async fn own_master(
    view: &dyn View,
    signer: &Signer<'_>,
    signed: &Signed,
    id: &str,
) -> Result<Result<Vec<Accepted>, Refusal>, KeyError> {
    let Some(master) = signer.master.as_ref().filter(|json| public_part(json).as_deref() == Some(id)) else {
        return Ok(Err(Refusal::NotFound));
    };
    if !Signed::parse(master)?.same_payload(signed) {
        return Ok(Err(Refusal::Different));
    }
    let mut accepted = Vec::new();
    for (key, signature) in signed.signatures_of(signer.id.as_str()) {
        let Some(device) = key.strip_prefix("ed25519:") else { continue };
        let stored = DEVICE_KEYS.get(view, &(signer.key.0, device.to_owned())).await?;
        let Some(stored) = stored else { continue };
        let stored = Signed::parse(&stored)?;
        let public = stored.ed25519_key(device);
        if public.is_some_and(|public| signed.is_signed_by(signer.id.as_str(), device, public)) {
            accepted.push(Accepted { signing_key: key.to_owned(), signature: signature.to_owned() });
        }
    }
    Ok(if accepted.is_empty() { Err(Refusal::InvalidSignature) } else { Ok(accepted) })
}
