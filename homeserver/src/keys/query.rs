//! `/keys/query`: device keys and cross-signing keys of users, with the signatures that the asking user may see.

use std::collections::BTreeMap;

use consilium_store::{Direction, View, limits::RANGE_ROWS_MAX};
use ruma::{OwnedDeviceId, OwnedUserId, UserId};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{error::KeyError, records::Usage, service::Keys, signed::object};
use crate::{
    account::{Accounts, DeviceInfo},
    ids::UserKey,
    keyspaces::{CROSS_SIGNING, DEVICE_KEYS, KEY_SIGNATURES},
};

/// Users that one request asks for.
const USERS_MAX: usize = 5_000;

/// The response.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Queried {
    pub failures: BTreeMap<String, Value>,
    pub device_keys: BTreeMap<OwnedUserId, BTreeMap<String, Value>>,
    pub master_keys: BTreeMap<OwnedUserId, Value>,
    pub self_signing_keys: BTreeMap<OwnedUserId, Value>,
    pub user_signing_keys: BTreeMap<OwnedUserId, Value>,
}

/// Signatures on the keys of one user: key (device id or public key) → signer → signing key → signature.
type Signatures = BTreeMap<String, BTreeMap<OwnedUserId, BTreeMap<String, String>>>;

impl Keys {
    /// Keys of the users in `wanted` (an empty list of devices: all of them), as `asker` may see them.
    pub async fn query(
        &self,
        view: &dyn View,
        accounts: &Accounts,
        asker: UserKey,
        wanted: &BTreeMap<OwnedUserId, Vec<OwnedDeviceId>>,
    ) -> Result<Queried, KeyError> {
        if wanted.len() > USERS_MAX {
            return Err(KeyError::TooMany);
        }
        let mut queried = Queried::default();
        for (user, devices) in wanted {
            if user.server_name() != self.server_name {
                queried.failures.insert(user.server_name().to_string(), json!({}));
                continue;
            }
            let of_user = queried.device_keys.entry(user.clone()).or_default();
            let Some(key) = self.ids.user(view, user).await? else { continue };
            let signatures = self.signatures(view, key, asker).await?;
            let infos = accounts.devices(view, key).await?;
            let wanted = |info: &&DeviceInfo| devices.is_empty() || devices.contains(&info.id);
            *of_user = device_keys(view, key, infos.iter().filter(wanted), &signatures).await?;
            for (usage, target) in [
                (Usage::Master, &mut queried.master_keys),
                (Usage::SelfSigning, &mut queried.self_signing_keys),
                (Usage::UserSigning, &mut queried.user_signing_keys),
            ] {
                // Whom a user has verified is nobody else's business.
                if usage == Usage::UserSigning && key != asker {
                    continue;
                }
                if let Some((_, json)) = CROSS_SIGNING.get_versioned(view, &(key.0, usage.number())).await? {
                    target.insert(user.clone(), with_signatures(object(&json)?, user, &signatures));
                }
            }
        }
        Ok(queried)
    }

    /// Signatures on the keys of `owner` by himself and by `asker`.
    async fn signatures(&self, view: &dyn View, owner: UserKey, asker: UserKey) -> Result<Signatures, KeyError> {
        let rows = KEY_SIGNATURES.scan(view, &(owner.0,), RANGE_ROWS_MAX, Direction::Forward).await?;
        let mut signatures = Signatures::new();
        for ((_, key, signer, signing_key), signature) in rows {
            if signer != owner.0 && signer != asker.0 {
                continue;
            }
            let signer = self.ids.user_id(view, UserKey(signer)).await?;
            let signature = String::from_utf8_lossy(&signature).into_owned();
            signatures.entry(key).or_default().entry(signer).or_default().insert(signing_key, signature);
        }
        Ok(signatures)
    }
}

async fn device_keys(
    view: &dyn View,
    user: UserKey,
    infos: impl Iterator<Item = &DeviceInfo>,
    signatures: &Signatures,
) -> Result<BTreeMap<String, Value>, KeyError> {
    let infos: Vec<&DeviceInfo> = infos.collect();
    let rows: Vec<_> = infos.iter().map(|info| (user.0, info.id.to_string())).collect();
    let found = DEVICE_KEYS.get_many(view, &rows).await?;
    let mut keys = BTreeMap::new();
    for (info, json) in infos.into_iter().zip(found) {
        let Some(json) = json else { continue };
        let mut object = object(&json)?;
        add(&mut object, signatures.get(info.id.as_str()));
        let name = info.display_name.as_ref().map(|name| json!({ "device_display_name": name }));
        object.insert("unsigned".to_owned(), name.unwrap_or_else(|| json!({})));
        keys.insert(info.id.to_string(), Value::Object(object));
    }
    Ok(keys)
}

/// A cross-signing key with the signatures on its public key.
fn with_signatures(mut object: Map<String, Value>, _: &UserId, signatures: &Signatures) -> Value {
    let public = object.get("keys").and_then(Value::as_object).and_then(|keys| keys.values().next()?.as_str());
    let found = public.and_then(|public| signatures.get(public));
    add(&mut object, found);
    Value::Object(object)
}

fn add(object: &mut Map<String, Value>, signatures: Option<&BTreeMap<OwnedUserId, BTreeMap<String, String>>>) {
    let Some(signatures) = signatures else { return };
    let all = object.entry("signatures").or_insert_with(|| json!({}));
    for (signer, of_signer) in signatures {
        let Some(all) = all.as_object_mut() else { return };
        let target = all.entry(signer.as_str()).or_insert_with(|| json!({}));
        if let Some(target) = target.as_object_mut() {
            target.extend(of_signer.iter().map(|(key, signature)| (key.clone(), json!(signature))));
        }
    }
}
