//! [`World`]: a server in this process, with a folder of its own that goes with it.

use std::{path::Path, sync::Arc};

use consilium_config::{Http, Media, RateLimits, Secret};
use consilium_homeserver::{
    Context, EngineKind, RegistrationConfig, Server, ServerConfig, Tenant, TenantConfig, appservice::Registration,
    policy::Policy,
};
use reqwest::{Method, RequestBuilder};
use ruma::RoomVersionId;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{answer::Answer, user::User};

/// The server name of the one tenant that a world has unless it is given more.
pub const SERVER_NAME: &str = "hs.test";
/// The secret of the shared-secret registration of every world.
pub const SHARED_SECRET: &str = "harness-secret";

/// What a world is made of.
#[derive(Debug)]
pub struct WorldBuilder {
    config: ServerConfig,
    context: Context,
    folder: TempDir,
}

impl WorldBuilder {
    /// Changes the configuration before the start.
    #[must_use]
    pub fn configure(mut self, change: impl FnOnce(&mut ServerConfig)) -> Self {
        change(&mut self.config);
        self
    }

    /// Another clock, or another source of randomness.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Adds an application service to the first tenant.
    #[must_use]
    pub fn appservice(self, registration: Registration) -> Self {
        self.configure(|config| config.tenants[0].appservices.push(registration))
    }

    /// Adds a tenant that answers to its server name as host.
    #[must_use]
    pub fn tenant(self, server_name: &str) -> Self {
        let tenant = tenant_config(server_name);
        self.configure(|config| config.tenants.push(tenant))
    }

    /// Keeps rows on disk, whatever engine the tests run with: for tests that restart.
    #[must_use]
    pub fn on_disk(self) -> Self {
        self.configure(|config| config.engine = EngineKind::RocksDb)
    }

    pub async fn start(self) -> World {
        let Self { config, context, folder } = self;
        World::over(config, context, folder).await
    }
}

/// A running server. It ends when the world is dropped; [`World::stop`] waits for it.
#[derive(Debug)]
pub struct World {
    pub server: Arc<Server>,
    base_url: String,
    http: reqwest::Client,
    config: ServerConfig,
    context: Context,
    folder: Option<TempDir>,
    serving: JoinHandle<std::io::Result<()>>,
}

impl World {
    /// One tenant `hs.test`, open registration, no limits.
    pub async fn start() -> Self {
        Self::builder().start().await
    }

    pub fn builder() -> WorldBuilder {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let engine = match std::env::var("CONSILIUM_TEST_ENGINE").as_deref() {
            Ok("memory") => EngineKind::Memory,
            _ => EngineKind::RocksDb,
        };
        let config = ServerConfig {
            data_dir: folder.path().to_owned(),
            engine,
            default_tenant: Some("hs-test".to_owned()),
            http: Http::default(),
            media: Media::default(),
            rate_limits: RateLimits::off(),
            tenants: vec![tenant_config(SERVER_NAME)],
        };
        WorldBuilder { config, context: Context::system(), folder }
    }

    async fn over(config: ServerConfig, context: Context, folder: TempDir) -> Self {
        install_tls_provider();
        let server = Server::start(config.clone(), context.clone()).expect("the configuration is valid");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let serving = tokio::spawn({
            let server = Arc::clone(&server);
            async move { server.serve(listener).await }
        });
        let http = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
        let base_url = format!("http://{address}");
        Self { server, base_url, http, config, context, folder: Some(folder), serving }
    }

    /// Stops the server and starts it again over the same folder. Needs [`WorldBuilder::on_disk`] to remember anything.
    pub async fn restart(mut self) -> Self {
        let folder = self.folder.take().expect("the world is running");
        let (config, context) = (self.config.clone(), self.context.clone());
        self.stop().await;
        Self::over(config, context, folder).await
    }

    /// Stops the server and waits until its stores are closed.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The client that everything goes through, for requests that need more than the short ways here.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    pub fn folder(&self) -> &Path {
        self.folder.as_ref().expect("the world is running").path()
    }

    /// The first tenant, from the inside.
    pub async fn tenant(&self) -> Arc<Tenant> {
        let slug = &self.config.tenants[0].slug;
        self.server.tenant(slug).await.expect("it opens").expect("it is configured")
    }

    /// A request to `path`, without a token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base_url))
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    /// Registers users, each with the password `<name>-password`, and signs them in.
    pub async fn users<const N: usize>(&self, names: [&str; N]) -> [User; N] {
        let mut users = Vec::with_capacity(N);
        for name in names {
            users.push(self.user(name).await);
        }
        users.try_into().expect("as many as names")
    }

    /// Registers one user, with the password `<name>-password`, and signs him in.
    pub async fn user(&self, name: &str) -> User {
        let body = json!({
            "username": name,
            "password": format!("{name}-password"),
            "auth": { "type": "m.login.dummy" },
        });
        let answer = self.post("/_matrix/client/v3/register", body).await.ok();
        User::of(self, &answer)
    }

    /// Signs in `name` on a new device.
    pub async fn sign_in(&self, name: &str) -> User {
        let body = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": name },
            "password": format!("{name}-password"),
        });
        let answer = self.post("/_matrix/client/v3/login", body).await.ok();
        User::of(self, &answer)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.stopping().cancel();
        self.serving.abort();
    }
}

/// A tenant with open registration, answering to its server name.
fn tenant_config(server_name: &str) -> TenantConfig {
    TenantConfig {
        slug: server_name.replace('.', "-"),
        server_name: server_name.try_into().expect("a server name"),
        hosts: vec![server_name.to_owned()],
        public_url: Some(format!("https://{server_name}")),
        registration: RegistrationConfig {
            open: true,
            tokens: Vec::new(),
            shared_secret: Some(Secret::new(SHARED_SECRET)),
        },
        default_room_version: RoomVersionId::V12,
        appservices: Vec::new(),
        policy: Policy::default(),
        rtc: None,
    }
}

/// Sends a request and reads the answer whole.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let (client, request) = request.build_split();
    let request = request.expect("the request is valid");
    let name = format!("{} {}", request.method(), request.url());
    let response = client.execute(request).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    Answer::of(name, response).await
}

/// Both TLS providers may be compiled in; without a choice the first client panics.
pub(crate) fn install_tls_provider() {
    // An error says that another test of this process has done it.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
