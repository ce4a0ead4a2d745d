//! What the API knows of each tenant beside its service: hosts, origins, checked tokens, limits.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::rate_limit::{PublicLimits, RateLimit};
use crate::ended_accounts::Moment;
use crate::ids::UserId;
use crate::tenant::Tenant;
use consilium_appservice::{ClientError, WhoAmI};
use consilium_config::Cidr;

/// Tokens that are remembered.
const TOKENS_MAX: u64 = 20_000;
/// How often a token is asked about for one request: sign-ins that change all the time must not keep it waiting.
const ASKED_MAX: usize = 3;

/// Whose token it is, and when that was asked.
#[derive(Debug, Clone)]
pub(super) struct Believed {
    pub(super) who: WhoAmI,
    pub(super) asked: Moment,
    /// The same among changes of sign-ins.
    sign_ins_asked: Moment,
}

/// One tenant as the API serves it.
pub struct Served {
    pub(super) tenant: Arc<Tenant>,
    pub(super) origins: Vec<String>,
    pub(super) limit: RateLimit,
    pub(super) secrets_limit: RateLimit,
    pub(super) exports_limit: RateLimit,
    pub(super) searches_limit: RateLimit,
    pub(super) keys_limit: RateLimit,
    pub(super) openings_limit: RateLimit,
    pub(super) public_limits: PublicLimits,
    pub(super) trusted_proxies: Vec<Cidr>,
    tokens: Cache<[u8; 32], Option<Believed>>,
    openid: Cache<[u8; 32], Option<String>>,
}

impl Served {
    /// A tenant with the web origins of its apps. A checked token is believed `token_cache` long, at most 10 s.
    pub fn new(tenant: Arc<Tenant>, origins: Vec<String>, trusted_proxies: Vec<Cidr>, token_cache: Duration) -> Self {
        let time_to_live = token_cache.min(Duration::from_secs(10));
        let tokens = Cache::builder().max_capacity(TOKENS_MAX).time_to_live(time_to_live).build();
        let openid = Cache::builder().max_capacity(TOKENS_MAX).time_to_live(time_to_live).build();
        let context = tenant.context.clone();
        Self {
            tenant,
            origins,
            limit: RateLimit::of_requests(&context),
            secrets_limit: RateLimit::of_secrets(&context),
            exports_limit: RateLimit::of_exports(&context),
            searches_limit: RateLimit::of_searches(&context),
            keys_limit: RateLimit::of_keys(&context),
            openings_limit: RateLimit::of_openings(&context),
            public_limits: PublicLimits::new(&context),
            trusted_proxies,
            tokens,
            openid,
        }
    }

    /// Whether a page of that origin may use the public form: the tenant's own, and those of the sites that the brand names.
    pub(super) fn may_show_form(&self, origin: &str) -> bool {
        let brand = self.tenant.brand();
        let sites = brand.callback_form.as_ref().map(|form| form.origins.as_slice()).unwrap_or_default();
        self.origins.iter().any(|own| own == origin) || sites.iter().any(|site| site.as_str() == origin)
    }

    /// Whose `OpenID` token it is, asked as [`Served::whoami`] is.
    pub(super) async fn openid_user(&self, token: &str) -> Result<Option<String>, Arc<ClientError>> {
        let key: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        self.openid.try_get_with(key, self.tenant.homeserver.openid_user(token)).await
    }

    /// Whose token it is, asked of the homeserver at most once in the cache's time; `None`: nobody's. What was asked before an account ended, or
    /// before its sign-ins changed, is asked again.
    pub(super) async fn whoami(&self, token: &str) -> Result<Option<Believed>, Arc<ClientError>> {
        // A digest, so that no token lies in memory longer than its request.
        let key: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut believed = self.asked_once(key, token).await?;
        for _ in 1..ASKED_MAX {
            if believed.as_ref().is_none_or(|believed| !self.is_over(believed) && !self.is_old(believed)) {
                return Ok(believed);
            }
            self.tokens.invalidate(&key).await;
            believed = self.asked_once(key, token).await?;
        }
        // Whoever asked at the same time may have asked too early.
        Ok(believed.filter(|believed| !self.is_over(believed)))
    }

    async fn asked_once(&self, key: [u8; 32], token: &str) -> Result<Option<Believed>, Arc<ClientError>> {
        let asking = async {
            let (asked, sign_ins_asked) = (self.tenant.ended_accounts.now(), self.tenant.ended_sign_ins.now());
            let who = self.tenant.homeserver.whoami(token).await?;
            Ok::<_, ClientError>(who.map(|who| Believed { who, asked, sign_ins_asked }))
        };
        self.tokens.try_get_with(key, asking).await
    }

    fn is_over(&self, believed: &Believed) -> bool {
        self.tenant.ended_accounts.is_over(&UserId::from(believed.who.user_id.as_str()), believed.asked)
    }

    /// The sign-ins of the account have changed since; this one may have ended.
    fn is_old(&self, believed: &Believed) -> bool {
        let user = UserId::from(believed.who.user_id.as_str());
        self.tenant.ended_sign_ins.is_over(&user, believed.sign_ins_asked)
    }

    /// The account that may still use a token; for open streams.
    pub(super) async fn is_still(&self, token: &str, user: &UserId) -> bool {
        match self.whoami(token).await {
            Ok(believed) => believed.is_some_and(|believed| believed.who.user_id == user.as_str()),
            // The homeserver is away: not the listener's fault, he stays until it says no.
            Err(_) => true,
        }
    }
}

/// The tenants by host.
#[derive(Clone, Default)]
pub struct Tenants {
    by_host: Arc<HashMap<String, Arc<Served>>>,
    default: Option<Arc<Served>>,
}

impl Tenants {
    /// Tenants with their hosts (with or without a port), and the one that answers all other hosts.
    pub fn new(tenants: Vec<(Vec<String>, Arc<Served>)>, default: Option<Arc<Served>>) -> Self {
        let hosts = tenants
            .into_iter()
            .flat_map(|(hosts, served)| hosts.into_iter().map(move |host| (host.to_lowercase(), Arc::clone(&served))));
        Self { by_host: Arc::new(hosts.collect()), default }
    }

    /// The tenant that answers `host`.
    pub fn by_host(&self, host: &str) -> Option<&Arc<Served>> {
        let host = host.to_lowercase();
        let without_port = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host.as_str(),
        };
        self.by_host.get(&host).or_else(|| self.by_host.get(without_port)).or(self.default.as_ref())
    }
}
