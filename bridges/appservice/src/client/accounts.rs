//! Accounts of others, at the word of whose they are: made for who comes later, seen where they are signed in, signed out, ended.
//!
//! All of it is this homeserver's own; the specification lets a person alone do so.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{AppserviceClient, ClientError, answer, segment};

/// A sign-in of an account, as this homeserver tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct SignedIn {
    /// Its device.
    pub device_id: String,
    /// What the device calls itself.
    #[serde(default)]
    pub display_name: Option<String>,
    /// When it began, in milliseconds since 1970.
    pub signed_in_ts: i64,
    /// When it was used last, in milliseconds since 1970.
    pub last_seen_ts: i64,
}

impl AppserviceClient {
    /// The account of somebody who comes later, made where there is none; `password` becomes its first one. Idempotent. `M_USER_IN_USE` where somebody uses it
    /// already, or it has another password.
    ///
    /// Source: this homeserver's own; the specification lets an application service make accounts in its namespace alone.
    pub async fn provide_account(
        &self,
        user_id: &str,
        display_name: Option<&str>,
        password: Option<&str>,
    ) -> Result<(), ClientError> {
        let url = self.of_account(user_id, "");
        let body = json!({ "displayname": display_name, "password": password });
        let request = self.http.put(url).bearer_auth(self.as_token.reveal()).json(&body);
        answer::<Value>(request).await.map(drop)
    }

    /// Ends an account of this homeserver for good and erases what it left; one that is not there (any more) has ended. A homeserver that knows no such request
    /// refuses, as it does for an administrator's.
    ///
    /// Source: this homeserver's own; the specification lets only the person himself do so.
    pub async fn end_account(&self, user_id: &str) -> Result<(), ClientError> {
        self.end(user_id, "").await
    }

    /// The same, and what it said stays for those who come later: it is part of other people's conversations.
    pub async fn retire_account(&self, user_id: &str) -> Result<(), ClientError> {
        self.end(user_id, "?keep_content=true").await
    }

    /// Where an account of this homeserver is signed in; nowhere where there is no such account (any more). A homeserver that knows no such request refuses.
    ///
    /// Source: this homeserver's own; the specification tells only the person himself.
    pub async fn sign_ins(&self, user_id: &str) -> Result<Vec<SignedIn>, ClientError> {
        #[derive(Deserialize)]
        struct Devices {
            devices: Vec<SignedIn>,
        }
        let request = self.http.get(self.of_account(user_id, "/devices")).bearer_auth(self.as_token.reveal());
        match answer::<Devices>(request).await {
            Ok(found) => Ok(found.devices),
            Err(error) if error.is("M_NOT_FOUND") => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Signs an account out on these devices, or everywhere. `asked`: the person asked for it, which whoever is signed out is told.
    ///
    /// Source: this homeserver's own.
    pub async fn sign_out(&self, user_id: &str, devices: Option<&[String]>, asked: bool) -> Result<(), ClientError> {
        let mut body = json!({ "asked": asked });
        if let Some(devices) = devices {
            body["devices"] = json!(devices);
        }
        let request = self.http.post(self.of_account(user_id, "/sign_out")).bearer_auth(self.as_token.reveal());
        match answer::<Value>(request.json(&body)).await {
            Ok(_) => Ok(()),
            Err(error) if error.is("M_NOT_FOUND") => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn of_account(&self, user_id: &str, what: &str) -> String {
        format!("{}/_matrix/client/unstable/chat.consilium/accounts/{}{what}", self.base, segment(user_id))
    }

    async fn end(&self, user_id: &str, query: &str) -> Result<(), ClientError> {
        let url = self.of_account(user_id, query);
        match answer::<Value>(self.http.delete(url).bearer_auth(self.as_token.reveal())).await {
            Ok(_) => Ok(()),
            Err(error) if error.is("M_NOT_FOUND") => Ok(()),
            Err(error) => Err(error),
        }
    }
}
