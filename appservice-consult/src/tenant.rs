//! One tenant's service as a value: everything that its features share. A process holds many; nothing is global.

use std::sync::Arc;

use consilium_appservice::AppserviceClient;
use consilium_appservice::client::Acting;
use consilium_config::Brand;
use consilium_config::brand::Current;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::api_key;
use crate::archive::{Anchor, ArchiveKeys};
use crate::audit::Prover;
use crate::call::Calls;
use crate::change::Feed;
use crate::conclusion::Signer;
use crate::context::Context;
use crate::doctor::Practice;
use crate::ended_accounts::EndedAccounts;
use crate::ids::UserId;
use crate::intake::LastWords;
use crate::locks::Locks;
use crate::member::Member;
use crate::notary::Office;
use crate::operator::{Heartbeats, Staff};
use crate::own_data;
use crate::patient::Directory;
use crate::person;
use crate::search::IndexKey;
use crate::store::Store;
use crate::tenant_key::TenantKey;
use crate::viewing::Board;
use crate::webhook::Reach;

/// The archive's keys, the copy of its heads, the key of its index.
pub struct Archive {
    /// Keys.
    pub keys: ArchiveKeys,
    /// Heads outside the database.
    pub anchor: Anchor,
    /// Key of the search index; none where records are sealed and not opened.
    pub index: Option<IndexKey>,
}

/// One tenant.
pub struct Tenant {
    /// Short name; for logs.
    pub slug: String,
    /// Matrix server name.
    pub server_name: String,
    /// Where the patients' app and the APIs are, such as `https://clinic.example`, without a slash at the end.
    pub public_url: String,
    /// Database.
    pub store: Store,
    /// Sub-keys of `keeper.key`.
    pub key: TenantKey,
    /// Clock, randomness, ids.
    pub context: Context,
    /// Queues, circles, languages, as they stand now: [`Tenant::brand`].
    pub current: Current,
    /// The same as its folder says, without what was changed in the console.
    pub folder: Brand,
    /// The homeserver, with the application service's token.
    pub homeserver: AppserviceClient,
    /// The encrypted member.
    pub keeper: Arc<dyn Member>,
    /// Patients by name.
    pub patients: Directory,
    /// Persons whom patients act for, by name.
    pub persons: person::Directory,
    /// Members of staff.
    pub staff: Staff,
    /// Keys of partners' systems.
    pub api_keys: api_key::Keys,
    /// Accounts that others ended: their tokens are believed no more.
    pub ended_accounts: EndedAccounts,
    /// Accounts whose sign-ins changed: whose token it is, is asked anew.
    pub ended_sign_ins: EndedAccounts,
    /// Which consoles are alive.
    pub heartbeats: Heartbeats,
    /// The latest check of the audit log.
    pub prover: Prover,
    /// The latest look at the installation, and who looks.
    pub practice: Practice,
    /// Who looks at which record.
    pub viewing: Board,
    /// Archive keys and anchor.
    pub archive: Archive,
    /// Calls; none where no media server is connected.
    pub calls: Option<Calls>,
    /// Announcements that came back.
    pub last_words: LastWords,
    /// Locks by patient.
    pub locks: Locks,
    /// Rooms where members of staff may call each other.
    pub staff_rooms: Vec<String>,
    /// Open streams.
    pub feed: Feed,
    /// A console silent this long makes its operator away. Unit: seconds.
    pub away_after_seconds: i64,
    /// How long what is personal of a call-back is kept after its end; 0: for ever. Unit: days.
    pub callback_keep_days: u32,
    /// How long a mention in a note opens the conversation's notes to the colleague whom it names. Unit: hours.
    pub note_mention_hours: u32,
    /// Copies of patients' data that are being made.
    pub exports: own_data::Places,
    /// Makes signatures of conclusions.
    pub signer: Arc<dyn Signer>,
    /// Whoever is given the heads of archive and audit log; none: nobody.
    pub notary: Option<Office>,
    /// How far webhooks reach.
    pub webhook_reach: Reach,
}

impl Tenant {
    /// The Client-Server API, acting as the keeper.
    pub fn keeper_acts(&self) -> Acting<'_> {
        self.homeserver.acting(self.keeper.user_id())
    }

    /// The brand as it stands now. What belongs together is decided from one and the same: settings change while the service runs.
    pub fn brand(&self) -> Arc<Brand> {
        self.current.get()
    }

    /// The brand's time zone.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.brand().time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Today in the brand's time zone.
    pub fn today(&self) -> Date {
        self.zone().to_datetime(self.context.now().timestamp()).date()
    }

    /// The name that goes with an account today; its user id where nobody here has it.
    pub fn name_of(&self, user_id: &UserId) -> String {
        if let Some(member) = self.staff.by_user(user_id).or_else(|| self.staff.parted(user_id)) {
            return member.name.clone();
        }
        if let Some(patient) = self.patients.by_user(user_id) {
            return patient.card.name.clone();
        }
        if let Some(key) = api_key::key_of_actor(user_id.as_str()) {
            return self.api_keys.name_of(&key);
        }
        if user_id.as_str() == self.keeper.user_id() {
            let brand = self.brand();
            return brand.name.get(&brand.default_language, &brand.default_language).to_owned();
        }
        user_id.to_string()
    }
}
