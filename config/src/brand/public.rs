//! What of a brand a browser is told: `GET /.well-known/consilium/brand.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Brand, Localized};
use crate::Tenant;

/// Everything that an app knows about the brand and the server before anybody signs in.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct PublicBrand {
    /// Short name of the brand.
    pub id: String,
    /// Name as people say it, in the language asked for.
    pub name: String,
    /// Name as contracts say it, in the language asked for.
    pub legal_name: String,
    /// Which app the asking origin serves.
    pub app: PublicApp,
    /// Languages that the brand speaks (BCP 47).
    pub languages: Vec<String>,
    /// Language for a person whose own is none of `languages`.
    pub default_language: String,
    /// ISO 3166-1 code of the country whose law and habits count.
    pub country: String,
    /// IANA time zone of opening hours and reports.
    pub time_zone: String,
    /// ISO 4217 code of the currency of prices.
    pub currency: String,
    /// The colours that all others are derived from.
    pub colors: PublicColors,
    /// Address of the logo for a light ground, on the asking origin.
    pub logo_url: String,
    /// Address of the logo for a dark ground; null: use `logo_url`.
    pub logo_dark_url: Option<String>,
    /// Address of the square icon.
    pub icon_url: String,
    /// Texts by language and key.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Parts of the product that this brand offers.
    pub features: PublicFeatures,
    /// How to reach the partner outside the app.
    pub contacts: PublicContacts,
    /// Documents that a person reads or agrees to.
    pub legal: Vec<PublicLegalDocument>,
    /// Addresses and identities of the server.
    pub server: PublicServer,
}

/// Which app an origin serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicApp {
    /// The patients' app.
    Patient,
    /// The operators' console.
    Console,
}

/// The colours that all others are derived from, `#rrggbb`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct PublicColors {
    /// Main colour.
    pub brand: String,
    /// Second colour.
    pub accent: String,
}

/// Parts of the product that a brand offers.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent switch of the contract")]
pub struct PublicFeatures {
    /// Patients make their own account.
    pub registration: bool,
    /// Photos and files.
    pub attachments: bool,
    /// Voice messages.
    pub voice_messages: bool,
    /// Longest voice message, in seconds.
    pub voice_message_seconds: u32,
    /// Signs under messages, which are not encrypted.
    pub reactions: bool,
    /// Audio and video calls.
    pub calls: bool,
}

/// How to reach the partner outside the app.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct PublicContacts {
    /// Telephone for people, E.164.
    pub phone: Option<String>,
    /// E-mail for people.
    pub email: Option<String>,
    /// Postal address, in the language asked for.
    pub address: Option<String>,
    /// Number to call when life is in danger.
    pub emergency_phone: Option<String>,
}

/// A document that a person reads or agrees to.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct PublicLegalDocument {
    /// Short name.
    pub id: String,
    /// Title by language.
    pub title: BTreeMap<String, String>,
    /// Version of the text.
    pub version: String,
    /// Address of the text on the asking origin; it answers in the language of `?language=` or `Accept-Language`.
    pub url: String,
}

/// Addresses and identities of the server.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema, ToSchema)]
pub struct PublicServer {
    /// Matrix server name, the part of user ids after the colon.
    pub server_name: String,
    /// Base address of the Matrix API.
    pub homeserver_url: String,
    /// Base address of the consultation API, without `/_consilium/v1`.
    pub consult_url: String,
    /// Origin of the patients' app.
    pub patient_url: String,
    /// Origin of the console; the empty text where it is not served.
    pub console_url: String,
    /// The keeper's user id.
    pub keeper_user_id: String,
    /// The keeper's public master key for cross-signing, unpadded base64; null until the keeper has made it.
    pub keeper_master_key: Option<String>,
    /// Who is in a call says so by sticky events, not by state events.
    pub sticky_calls: bool,
}

/// What the running service knows and no file does.
#[derive(Debug, Clone)]
pub struct KeeperIdentity {
    /// The keeper's user id.
    pub user_id: String,
    /// Its public master key, unpadded base64, once it has one.
    pub master_key: Option<String>,
}

impl Brand {
    /// What the origin of `app` is told, with names in `language`.
    pub fn public(&self, tenant: &Tenant, app: PublicApp, language: &str, keeper: KeeperIdentity) -> PublicBrand {
        let text = |localized: &Localized| localized.get(language, &self.default_language).to_owned();
        PublicBrand {
            id: self.id.clone(),
            name: text(&self.name),
            legal_name: text(&self.legal_name),
            app,
            languages: self.languages.clone(),
            default_language: self.default_language.clone(),
            country: self.country.clone(),
            time_zone: self.time_zone.clone(),
            currency: self.currency.clone(),
            colors: PublicColors { brand: self.colors.brand.to_string(), accent: self.colors.accent.to_string() },
            logo_url: brand_url(&self.logo.light),
            logo_dark_url: self.logo.dark.as_deref().map(brand_url),
            icon_url: brand_url(&self.logo.icon),
            texts: self.texts.clone(),
            features: PublicFeatures {
                registration: self.features.registration,
                attachments: self.features.attachments,
                voice_messages: self.features.voice_messages,
                voice_message_seconds: self.features.voice_message_seconds,
                reactions: self.features.reactions,
                calls: self.features.calls,
            },
            contacts: PublicContacts {
                phone: self.contacts.phone.clone(),
                email: self.contacts.email.clone(),
                address: self.contacts.address.as_ref().map(text),
                emergency_phone: self.contacts.emergency_phone.clone(),
            },
            legal: self.legal.iter().map(public_legal).collect(),
            server: public_server(tenant, keeper),
        }
    }
}

fn brand_url(file: &str) -> String {
    format!("/brand/{file}")
}

fn public_legal(document: &super::LegalDocument) -> PublicLegalDocument {
    PublicLegalDocument {
        id: document.id.clone(),
        title: document.title.iter().map(|(language, title)| (language.to_owned(), title.to_owned())).collect(),
        version: document.version.clone(),
        url: format!("/brand/legal/{}", document.id),
    }
}

fn public_server(tenant: &Tenant, keeper: KeeperIdentity) -> PublicServer {
    let public = tenant.origins.public.to_string();
    PublicServer {
        server_name: tenant.server_name.clone(),
        homeserver_url: public.clone(),
        consult_url: public.clone(),
        patient_url: public,
        console_url: tenant.origins.console.as_ref().map(ToString::to_string).unwrap_or_default(),
        keeper_user_id: keeper.user_id,
        keeper_master_key: keeper.master_key,
        sticky_calls: tenant.sticky_calls,
    }
}
