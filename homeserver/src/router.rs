//! Every endpoint, one line each: the only file that mounts routes.
//!
//! [`route`] mounts a handler at all paths that a ruma request type has (v1, v3, r0, unstable). Around all of them, from the outside in: log and metrics,
//! panics that become 500, CORS, the tenant by `Host`, the limit of requests without a token. What no line names answers `M_UNRECOGNIZED`.

use std::{any::Any, sync::Arc};

use axum::{
    Extension, Router,
    body::Body,
    middleware,
    response::{IntoResponse, Response},
    routing::{delete, get, post, put},
};
use http::{HeaderValue, Method, header};
use ruma::api::client as c;
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{Any as AnyOrigin, CorsLayer},
};

use crate::{
    account, account_data, backup, delayed_events, discovery, filter,
    http::{
        auth::AlsoLocked,
        error::ApiError,
        host,
        matrix::{route, route_as},
        rate_limit::{BY_DELAY_ID, BY_DELAY_ID_ALONE, BY_OPENID_TOKEN, Kind},
        trail,
    },
    keys, media, openid, profile, proxy, push, receipts, room, rtc,
    server::Server,
    sync, to_device, transactions, typing,
};

/// The router of all tenants of `server`.
pub fn router(server: &Arc<Server>) -> Router {
    let router = Router::new();
    let router = discovery_routes(router);
    // account
    let router = account_routes(router);
    let router = user_data_routes(router);
    let router = key_routes(router);
    let router = backup_routes(router);
    let router = media_routes(router);
    // room
    let router = room_routes(router);
    let router = history_routes(router);
    let router = push_rule_routes(router);
    // sync
    let router = sync_routes(router);
    // calls
    let router = call_routes(router);
    router
        .fallback(proxy::pass_on)
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(middleware::from_fn_with_state(Arc::clone(server), host::resolve))
        .layer(cors())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(trail::observe))
}

fn discovery_routes(router: Router) -> Router {
    let router = route::<c::discovery::get_supported_versions::Request, _, _>(router, discovery::versions);
    router.route("/.well-known/matrix/client", get(discovery::well_known_client))
}

/// What calls need of a homeserver (MatrixRTC). What a service does for them in its place is the router's fallback.
fn call_routes(router: Router) -> Router {
    let router = route::<c::account::request_openid_token::v3::Request, _, _>(router, openid::request_token);
    let router = router.route(BY_OPENID_TOKEN, get(openid::user_info));
    let router = router
        .route("/_matrix/client/unstable/org.matrix.msc4143/rtc/transports", get(rtc::transports))
        .route("/_matrix/client/v1/rtc/transports", get(rtc::transports));
    let unstable = "/_matrix/client/unstable/org.matrix.msc4140";
    let schedule = put(delayed_events::schedule).layer(Extension(Kind::Message));
    router
        .route(&format!("{unstable}/rooms/{{room_id}}/delayed_event/{{type}}/{{txn_id}}"), schedule)
        .route(&format!("{unstable}/delayed_events"), get(delayed_events::list))
        .route(BY_DELAY_ID_ALONE, get(delayed_events::get).post(delayed_events::act_by_body))
        .route(BY_DELAY_ID, post(delayed_events::act))
}

fn account_routes(router: Router) -> Router {
    use account::routes::{account as own, administration, devices, register, session};
    let router = route::<c::account::register::v3::Request, _, _>(router, register::register);
    let router = route::<c::account::get_username_availability::v3::Request, _, _>(router, register::available);
    let router =
        route::<c::account::check_registration_token_validity::v1::Request, _, _>(router, register::token_validity);
    let shared_secret = get(register::nonce).post(register::register_by_shared_secret);
    let router = router.route("/_synapse/admin/v1/register", shared_secret);
    let router = route::<c::session::get_login_types::v3::Request, _, _>(router, session::flows);
    let router = route::<c::session::login::v3::Request, _, _>(router, session::login);
    let router = route::<c::session::get_login_token::v1::Request, _, _>(router, session::login_token);
    let router = route::<c::session::refresh_token::v3::Request, _, _>(router, session::refresh);
    let router = route_as::<c::session::logout::v3::Request, _, _>(AlsoLocked, router, session::logout);
    let router = route_as::<c::session::logout_all::v3::Request, _, _>(AlsoLocked, router, session::logout_all);
    let router = route::<c::account::whoami::v3::Request, _, _>(router, session::whoami);
    let router = route::<c::device::get_devices::v3::Request, _, _>(router, devices::list);
    let router = route::<c::device::get_device::v3::Request, _, _>(router, devices::get);
    let router = route::<c::device::update_device::v3::Request, _, _>(router, devices::put);
    let router = route::<c::device::delete_device::v3::Request, _, _>(router, devices::delete);
    let router = route::<c::device::delete_devices::v3::Request, _, _>(router, devices::delete_many);
    let router = route::<c::account::change_password::v3::Request, _, _>(router, own::change_password);
    let router = route::<c::account::deactivate::v3::Request, _, _>(router, own::deactivate);
    let router = route::<c::admin::is_user_locked::v1::Request, _, _>(router, administration::is_locked);
    let router = route::<c::admin::lock_user::v1::Request, _, _>(router, administration::lock);
    let of_another = put(administration::provide_account).delete(administration::end_account);
    let of_account = "/_matrix/client/unstable/chat.consilium/accounts/{user_id}";
    let router = router
        .route(of_account, of_another)
        .route(&format!("{of_account}/devices"), get(administration::devices_of_account))
        .route(&format!("{of_account}/sign_out"), post(administration::sign_out_account));
    let router = route::<c::appservice::request_ping::v1::Request, _, _>(router, transactions::ping);
    route::<c::discovery::get_capabilities::v3::Request, _, _>(router, own::capabilities)
}

fn user_data_routes(router: Router) -> Router {
    let router = route::<c::profile::get_profile::v3::Request, _, _>(router, profile::get_profile);
    let router = route::<c::profile::get_profile_field::v3::Request, _, _>(router, profile::get_field);
    let router = route::<c::profile::set_profile_field::v3::Request, _, _>(router, profile::put_field);
    let router = route::<c::profile::delete_profile_field::v3::Request, _, _>(router, profile::delete_field);
    let router = route::<c::config::get_global_account_data::v3::Request, _, _>(router, account_data::get_global);
    let router = route::<c::config::set_global_account_data::v3::Request, _, _>(router, account_data::put_global);
    let router = route::<c::config::get_room_account_data::v3::Request, _, _>(router, account_data::get_room);
    let router = route::<c::config::set_room_account_data::v3::Request, _, _>(router, account_data::put_room);
    let base = "/_matrix/client/unstable/org.matrix.msc3391/user/{user_id}";
    let router = router
        .route(&format!("{base}/account_data/{{type}}"), delete(account_data::delete_global))
        .route(&format!("{base}/rooms/{{room_id}}/account_data/{{type}}"), delete(account_data::delete_room));
    let router = route::<c::tag::get_tags::v3::Request, _, _>(router, account_data::get_tags);
    let router = route::<c::tag::create_tag::v3::Request, _, _>(router, account_data::put_tag);
    let router = route::<c::tag::delete_tag::v3::Request, _, _>(router, account_data::delete_tag);
    let router = route::<c::filter::create_filter::v3::Request, _, _>(router, filter::create);
    route::<c::filter::get_filter::v3::Request, _, _>(router, filter::get)
}

fn key_routes(router: Router) -> Router {
    use keys::routes as r;
    let router = route_as::<c::keys::upload_keys::v3::Request, _, _>(Kind::Keys, router, r::upload);
    let router = route_as::<c::keys::get_keys::v3::Request, _, _>(Kind::Keys, router, r::query);
    let router = route_as::<c::keys::claim_keys::v3::Request, _, _>(Kind::Keys, router, r::claim);
    let router = route_as::<c::keys::get_key_changes::v3::Request, _, _>(Kind::Keys, router, sync::key_changes);
    let router =
        route_as::<c::keys::upload_signing_keys::v3::Request, _, _>(Kind::Keys, router, r::upload_signing_keys);
    let router = route_as::<c::keys::upload_signatures::v3::Request, _, _>(Kind::Keys, router, r::upload_signatures);
    route_as::<c::to_device::send_event_to_device::v3::Request, _, _>(Kind::Keys, router, to_device::send)
}

fn backup_routes(router: Router) -> Router {
    use backup as b;
    let router = route::<c::backup::create_backup_version::v3::Request, _, _>(router, b::create_version);
    let router = route::<c::backup::get_latest_backup_info::v3::Request, _, _>(router, b::get_latest_version);
    let router = route::<c::backup::get_backup_info::v3::Request, _, _>(router, b::get_version);
    let router = route::<c::backup::update_backup_version::v3::Request, _, _>(router, b::put_version);
    let router = route::<c::backup::delete_backup_version::v3::Request, _, _>(router, b::delete_version);
    let router = route::<c::backup::add_backup_keys::v3::Request, _, _>(router, b::put_keys);
    let router = route::<c::backup::add_backup_keys_for_room::v3::Request, _, _>(router, b::put_room_keys);
    let router = route::<c::backup::add_backup_keys_for_session::v3::Request, _, _>(router, b::put_key);
    let router = route::<c::backup::get_backup_keys::v3::Request, _, _>(router, b::get_keys);
    let router = route::<c::backup::get_backup_keys_for_room::v3::Request, _, _>(router, b::get_room_keys);
    let router = route::<c::backup::get_backup_keys_for_session::v3::Request, _, _>(router, b::get_key);
    let router = route::<c::backup::delete_backup_keys::v3::Request, _, _>(router, b::delete_keys);
    let router = route::<c::backup::delete_backup_keys_for_room::v3::Request, _, _>(router, b::delete_room_keys);
    route::<c::backup::delete_backup_keys_for_session::v3::Request, _, _>(router, b::delete_key)
}

fn room_routes(router: Router) -> Router {
    use room::routes::{create, members, membership, send, state};
    let router = route_as::<c::room::create_room::v3::Request, _, _>(Kind::CreateRoom, router, create::create);
    let router = route_as::<c::membership::join_room_by_id::v3::Request, _, _>(Kind::Join, router, membership::join);
    let by_alias = membership::join_by_id_or_alias;
    let router = route_as::<c::membership::join_room_by_id_or_alias::v3::Request, _, _>(Kind::Join, router, by_alias);
    let router = route_as::<c::membership::invite_user::v3::Request, _, _>(Kind::Invite, router, membership::invite);
    let router = route::<c::membership::leave_room::v3::Request, _, _>(router, membership::leave);
    let router = route::<c::membership::kick_user::v3::Request, _, _>(router, membership::kick);
    let router = route::<c::membership::ban_user::v3::Request, _, _>(router, membership::ban);
    let router = route::<c::membership::unban_user::v3::Request, _, _>(router, membership::unban);
    let router = route::<c::membership::forget_room::v3::Request, _, _>(router, membership::forget);
    let router = route::<c::membership::joined_rooms::v3::Request, _, _>(router, membership::joined_rooms);
    let router = route::<c::membership::joined_members::v3::Request, _, _>(router, members::joined_members);
    let router = route::<c::membership::get_member_events::v3::Request, _, _>(router, members::members);
    let sending = delayed_events::send;
    let router = route_as::<c::message::send_message_event::v3::Request, _, _>(Kind::Message, router, sending);
    let router = route_as::<c::redact::redact_event::v3::Request, _, _>(Kind::Message, router, send::redact);
    let router = route::<c::state::get_state_events::v3::Request, _, _>(router, state::all);
    // An empty state key may be left out, with the slash before it or without.
    let mut router = router;
    for version in ["v3", "r0"] {
        let base = format!("/_matrix/client/{version}/rooms/{{room_id}}/state/{{type}}");
        let one = put(delayed_events::state).layer(Extension(Kind::Message)).get(state::one);
        for path in [base.clone(), format!("{base}/"), format!("{base}/{{state_key}}")] {
            router = router.route(&path, one.clone());
        }
    }
    router
}

fn sync_routes(router: Router) -> Router {
    let router = route::<c::sync::sync_events::v3::Request, _, _>(router, sync::sync);
    let router = route::<c::typing::create_typing_event::v3::Request, _, _>(router, typing::set_typing);
    let router = route::<c::receipt::create_receipt::v3::Request, _, _>(router, receipts::send_receipt);
    route::<c::read_marker::set_read_marker::v3::Request, _, _>(router, receipts::set_read_markers)
}

fn history_routes(router: Router) -> Router {
    use room::routes::{history, relations, state};
    let router = route::<c::room::get_room_event::v3::Request, _, _>(router, state::event);
    let router = route::<c::message::get_message_events::v3::Request, _, _>(router, history::messages);
    let router = route::<c::context::get_context::v3::Request, _, _>(router, history::context);
    let router = route::<c::room::get_event_by_timestamp::v1::Request, _, _>(router, history::timestamp_to_event);
    let router = route::<c::relations::get_relating_events::v1::Request, _, _>(router, relations::relations);
    let router =
        route::<c::relations::get_relating_events_with_rel_type::v1::Request, _, _>(router, relations::relations);
    route::<c::relations::get_relating_events_with_rel_type_and_event_type::v1::Request, _, _>(
        router,
        relations::relations,
    )
}

#[expect(deprecated, reason = "older clients ask there, and are answered")]
fn media_routes(router: Router) -> Router {
    use c::{authenticated_media as a, media as m};
    use media::routes as r;
    let router = route_as::<m::create_content::v3::Request, _, _>(Kind::Upload, router, r::upload);
    let router = route_as::<m::create_content_async::v3::Request, _, _>(Kind::Upload, router, r::upload_to);
    let router = route_as::<m::create_mxc_uri::v1::Request, _, _>(Kind::Upload, router, r::create);
    let router = route::<a::get_media_config::v1::Request, _, _>(router, r::config);
    let router = route::<m::get_media_config::v3::Request, _, _>(router, r::config);
    let router = route::<a::get_content::v1::Request, _, _>(router, r::download);
    let router = route::<a::get_content_as_filename::v1::Request, _, _>(router, r::download);
    let router = route::<a::get_content_thumbnail::v1::Request, _, _>(router, r::thumbnail);
    let router =
        router.route("/_matrix/client/unstable/chat.consilium/media/{server_name}/{media_id}", delete(r::remove));
    let router = route::<m::get_content::v3::Request, _, _>(router, r::legacy);
    let router = route::<m::get_content_as_filename::v3::Request, _, _>(router, r::legacy);
    route::<m::get_content_thumbnail::v3::Request, _, _>(router, r::legacy)
}

fn push_rule_routes(router: Router) -> Router {
    use push::routes as p;
    let router = route::<c::push::get_pushrules_all::v3::Request, _, _>(router, p::all);
    let router = route::<c::push::get_pushrules_global_scope::v3::Request, _, _>(router, p::global);
    let router = route::<c::push::get_pushrule::v3::Request, _, _>(router, p::get);
    let router = route::<c::push::set_pushrule::v3::Request, _, _>(router, p::put);
    let router = route::<c::push::delete_pushrule::v3::Request, _, _>(router, p::delete);
    let router = route::<c::push::get_pushrule_enabled::v3::Request, _, _>(router, p::get_enabled);
    let router = route::<c::push::set_pushrule_enabled::v3::Request, _, _>(router, p::put_enabled);
    let router = route::<c::push::get_pushrule_actions::v3::Request, _, _>(router, p::get_actions);
    route::<c::push::set_pushrule_actions::v3::Request, _, _>(router, p::put_actions)
}

/// Source: client-server API v1.19 §Web browser clients. Tokens travel in a header, never in a cookie, so any origin may ask.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AnyOrigin)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::HEAD])
        .allow_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::RANGE,
            header::HeaderName::from_static("x-requested-with"),
        ])
        .expose_headers([header::CONTENT_LENGTH, header::CONTENT_RANGE, header::ETAG, header::RETRY_AFTER])
        .max_age(std::time::Duration::from_hours(24))
}

/// A panic is a defect of ours: logged without the request, answered as an internal error.
fn panicked(payload: Box<dyn Any + Send>) -> Response {
    let reason = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => *text,
        (_, Some(text)) => text.as_str(),
        _ => "a panic without a message",
    };
    tracing::error!(error = reason, "a request handler panicked");
    let mut response = Response::new(Body::from(r#"{"errcode":"M_UNKNOWN","error":"Internal server error."}"#));
    *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.into_response()
}
