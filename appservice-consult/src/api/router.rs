//! Every route, in one list; `axum` and the tests read the same one.

use axum::extract::DefaultBodyLimit;
use axum::http::{Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, delete, get, patch, post, put};
use axum::{Router, http};

use super::body::{BODY_BYTES_MAX, DESK_FILE_BYTES_MAX, SETTINGS_BYTES_MAX};
use super::cors::cors;
use super::openapi::openapi_json;
use super::problem::ApiError;
use super::routes::{
    api_keys, archive, audit, bulk, callbacks, calls, canned, conclusions, consents, consultations, conversations,
    deletion, desk, desk_files, doctor, events, fhir, fields, follow_ups, invitations, macros, me, merges, notes,
    operators, partners, patients, persons, public, queue_invitations, queues, ratings, reports, retention, rules,
    saved_views, services, settings, setup, sign_ins, tags, viewing, webhooks,
};
use super::rtc::{self, RTC_PREFIX};
use super::served::Tenants;

/// Path before every route.
pub const PREFIX: &str = "/_consilium/v1";

/// A route: its method, its path below [`PREFIX`], its handler.
type Route = (Method, &'static str, MethodRouter<Tenants>);

fn routes() -> Vec<Route> {
    let all = [
        routes_about_talks(),
        routes_about_colleagues_and_several(),
        routes_about_calls(),
        routes_about_notes(),
        routes_about_systems(),
        routes_about_setup(),
        routes_about_records(),
        routes_about_rights(),
        routes_about_persons(),
    ];
    all.into_iter().flatten().collect()
}

/// Asking whoever serves a queue; one act on several rows.
fn routes_about_colleagues_and_several() -> Vec<Route> {
    vec![
        (Method::POST, "/consultations/{id}/queue-invitations", post(queue_invitations::ask_queue)),
        (Method::GET, "/consultations/{id}/queue-invitations", get(queue_invitations::list_queue_invitations)),
        (
            Method::DELETE,
            "/consultations/{id}/queue-invitations/{invitation_id}",
            delete(queue_invitations::take_back_queue_invitation),
        ),
        (Method::GET, "/operators/me/queue-invitations", get(queue_invitations::my_queue_invitations)),
        (Method::POST, "/queue-invitations/{id}/accept", post(queue_invitations::accept_queue_invitation)),
        (Method::POST, "/queue-invitations/{id}/decline", post(queue_invitations::decline_queue_invitation)),
        (Method::POST, "/queue-invitations/{id}/seen", post(queue_invitations::see_queue_invitation)),
        (Method::POST, "/consultations/bulk", post(bulk::act_on_several)),
        (Method::POST, "/consultations/export", post(bulk::export_consultations)),
        (Method::POST, "/patients/export", post(bulk::export_patients)),
    ]
}

/// Calls, call-backs.
fn routes_about_calls() -> Vec<Route> {
    vec![
        (Method::POST, "/consultations/{id}/calls", post(calls::start_call)),
        (Method::GET, "/calls", get(calls::list_calls)),
        (Method::GET, "/calls/availability", get(calls::call_availability)),
        (Method::GET, "/calls/{id}", get(calls::get_call)),
        (Method::POST, "/calls/{id}/stand-by", post(calls::stand_by)),
        (Method::POST, "/calls/{id}/answer", post(calls::answer_call)),
        (Method::POST, "/calls/{id}/token", post(calls::call_token)),
        (Method::POST, "/calls/{id}/decline", post(calls::decline_call)),
        (Method::POST, "/calls/{id}/cancel", post(calls::cancel_call)),
        (Method::POST, "/calls/{id}/hang-up", post(calls::hang_up_call)),
        (Method::POST, "/calls/{id}/quality", post(calls::report_call_quality)),
        (Method::GET, "/calls/{id}/quality", get(calls::call_quality)),
        (Method::POST, "/callbacks", post(callbacks::order_callback)),
        (Method::GET, "/callbacks", get(callbacks::list_callbacks)),
        (Method::GET, "/callbacks/{id}", get(callbacks::get_callback)),
        (Method::POST, "/callbacks/{id}/cancel", post(callbacks::cancel_callback)),
        (Method::POST, "/callbacks/{id}/move", post(callbacks::move_callback)),
        (Method::POST, "/callbacks/{id}/take", post(callbacks::take_callback)),
        (Method::POST, "/callbacks/{id}/release", post(callbacks::release_callback)),
        (Method::POST, "/callbacks/{id}/calls", post(callbacks::call_back)),
        (Method::POST, "/callbacks/{id}/consultation", post(callbacks::consult_on_callback)),
        (Method::POST, "/callbacks/{id}/telephone", post(callbacks::telephone_callback)),
        (Method::POST, "/callbacks/{id}/no-answer", post(callbacks::callback_not_answered)),
        (Method::POST, "/callbacks/{id}/again-later", post(callbacks::callback_again_later)),
        (Method::POST, "/callbacks/{id}/done", post(callbacks::finish_callback)),
        (Method::POST, "/callbacks/{id}/notes", post(callbacks::note_on_callback)),
        (Method::GET, "/callbacks/{id}/record", get(callbacks::callback_record)),
    ]
}

fn routes_about_talks() -> Vec<Route> {
    vec![
        (Method::GET, "/me", get(me::get_me)),
        (Method::PATCH, "/me", patch(me::change_me)),
        (Method::POST, "/me/backup-secret", post(me::backup_secret)),
        (Method::DELETE, "/me/backup-secret", delete(me::take_backup_secret)),
        (Method::GET, "/events", get(events::stream)),
        (Method::GET, "/services", get(services::list_services)),
        (Method::GET, "/conversations", get(conversations::list_conversations)),
        (Method::POST, "/conversations/{id}/history-keys", post(conversations::ask_history_keys)),
        (Method::POST, "/consultations", post(consultations::request_consultation)),
        (Method::GET, "/consultations", get(consultations::list_consultations)),
        (Method::GET, "/consultations/{id}", get(consultations::get_consultation)),
        (Method::POST, "/consultations/{id}/cancel", post(consultations::cancel)),
        (Method::POST, "/consultations/{id}/take", post(desk::take)),
        (Method::POST, "/consultations/{id}/pass", post(desk::pass)),
        (Method::POST, "/consultations/{id}/hold", post(desk::hold)),
        (Method::POST, "/consultations/{id}/resume", post(desk::resume)),
        (Method::POST, "/consultations/{id}/transfer", post(desk::transfer)),
        (Method::POST, "/consultations/{id}/take-over", post(desk::take_over)),
        (Method::POST, "/consultations/{id}/participants", post(desk::invite)),
        (Method::DELETE, "/consultations/{id}/participants/{operator_id}", delete(desk::dismiss)),
        (Method::POST, "/consultations/{id}/close", post(desk::close)),
        (Method::GET, "/queues", get(queues::list_queues)),
        (Method::GET, "/queues/{id}/hours", get(queues::queue_hours)),
        (Method::GET, "/operators", get(operators::list_operators)),
        (Method::POST, "/operators", post(operators::create_operator)),
        (Method::PATCH, "/operators/{id}", patch(operators::change_operator)),
        (Method::GET, "/operators/{id}/status-history", get(operators::status_history)),
        (Method::POST, "/operators/{id}/approve-identity", post(operators::approve_identity)),
        (Method::PUT, "/operators/me/status", put(operators::set_status)),
        (Method::GET, "/operators/me/leaving", get(operators::leaving)),
        (Method::GET, "/operators/me/returned", get(operators::returned)),
        (Method::POST, "/operators/me/wrapped-up", post(operators::wrapped_up)),
        (Method::POST, "/operators/me/heartbeat", post(operators::heartbeat)),
        (Method::PUT, "/viewing", put(viewing::say_viewing)),
        (Method::GET, "/patients", get(patients::list_patients)),
        (Method::GET, "/patients/{id}", get(patients::get_patient)),
        (Method::PATCH, "/patients/{id}", patch(patients::change_patient)),
        (Method::POST, "/patients", post(invitations::make_patient)),
        (Method::POST, "/patients/check", post(invitations::check_patient)),
        (Method::GET, "/patients/{id}/invitation", get(invitations::patient_invitation)),
        (Method::POST, "/patients/{id}/invitation", post(invitations::renew_invitation)),
        (Method::DELETE, "/patients/{id}/invitation", delete(invitations::take_back_invitation)),
        (Method::GET, "/archive", get(archive::list_archive)),
        (Method::GET, "/archive/{consultation_id}", get(archive::read_archive)),
        (Method::POST, "/archive/search", post(archive::search_archive)),
        (Method::GET, "/audit", get(audit::list_audit)),
        (Method::GET, "/audit/verify", get(audit::audit_proof)),
        (Method::POST, "/audit/verify", post(audit::prove_audit)),
        (Method::GET, "/reports/consultations", get(reports::consultation_report)),
        (Method::GET, "/reports/consultations.csv", get(reports::consultation_report_csv)),
        (Method::GET, "/reports/consultations/behind", get(reports::behind_report)),
        (Method::GET, "/reports/now", get(reports::wallboard)),
    ]
}

/// Notes of staff, canned replies, macros, tags, the brand's own fields, follow-ups, saved views.
fn routes_about_notes() -> Vec<Route> {
    vec![
        (Method::GET, "/conversations/{id}/notes", get(notes::list_notes)),
        (Method::POST, "/conversations/{id}/notes", post(notes::write_note)),
        (Method::GET, "/patients/{id}/notes", get(notes::list_patient_notes)),
        (Method::PATCH, "/notes/{id}", patch(notes::change_note)),
        (Method::DELETE, "/notes/{id}", delete(notes::delete_note)),
        (Method::GET, "/notes/{id}/versions", get(notes::note_versions)),
        (Method::GET, "/mentions", get(notes::list_mentions)),
        (Method::POST, "/mentions/{id}/seen", post(notes::see_mention)),
        (Method::GET, "/canned", get(canned::list_canned)),
        (Method::POST, "/canned", post(canned::create_canned)),
        (Method::PUT, "/canned/{id}", put(canned::change_canned)),
        (Method::DELETE, "/canned/{id}", delete(canned::remove_canned)),
        (Method::GET, "/canned/{id}/versions", get(canned::canned_versions)),
        (Method::POST, "/files", post(desk_files::keep_desk_file).layer(of_desk_files())),
        (Method::GET, "/files/{id}", get(desk_files::read_desk_file)),
        (Method::GET, "/macros", get(macros::list_macros)),
        (Method::POST, "/macros", post(macros::create_macro)),
        (Method::PUT, "/macros/{id}", put(macros::change_macro)),
        (Method::POST, "/consultations/{id}/macros/{macro_id}/check", post(macros::check_macro)),
        (Method::POST, "/consultations/{id}/macros/{macro_id}", post(macros::run_macro)),
        (Method::GET, "/tags", get(tags::list_tags)),
        (Method::POST, "/tags", post(tags::create_tag)),
        (Method::PUT, "/tags/{id}", put(tags::change_tag)),
        (Method::GET, "/views", get(saved_views::list_views)),
        (Method::POST, "/views", post(saved_views::create_view)),
        (Method::PUT, "/views/{id}", put(saved_views::change_view)),
        (Method::PUT, "/view-order", put(saved_views::arrange_views)),
        (Method::GET, "/consultations/{id}/answers", get(consultations::own_answers)),
        (Method::PUT, "/consultations/{id}/answers", put(consultations::change_answers)),
        (Method::PUT, "/consultations/{id}/device-check", put(consultations::check_devices)),
        (Method::PUT, "/consultations/{id}/tags/{tag_id}", put(tags::add_tag)),
        (Method::DELETE, "/consultations/{id}/tags/{tag_id}", delete(tags::remove_tag)),
        (Method::GET, "/fields", get(fields::list_fields)),
        (Method::PATCH, "/consultations/{id}/fields", patch(fields::change_consultation_fields)),
        (Method::GET, "/follow-ups", get(follow_ups::list_follow_ups)),
        (Method::POST, "/follow-ups", post(follow_ups::make_follow_up)),
        (Method::GET, "/follow-ups/message", get(follow_ups::follow_up_message)),
        (Method::GET, "/follow-ups/{id}", get(follow_ups::get_follow_up)),
        (Method::PATCH, "/follow-ups/{id}", patch(follow_ups::change_follow_up)),
        (Method::POST, "/follow-ups/{id}/done", post(follow_ups::do_follow_up)),
        (Method::POST, "/follow-ups/{id}/cancel", post(follow_ups::cancel_follow_up)),
    ]
}

/// Settings, and what connects other systems.
fn routes_about_systems() -> Vec<Route> {
    vec![
        (Method::POST, "/patients/{id}/consultations", post(partners::open_consultation)),
        (Method::POST, "/patients/{id}/callbacks", post(partners::open_callback)),
        (Method::GET, "/api-keys", get(api_keys::list_api_keys)),
        (Method::POST, "/api-keys", post(api_keys::create_api_key)),
        (Method::PATCH, "/api-keys/{id}", patch(api_keys::change_api_key)),
        (Method::DELETE, "/api-keys/{id}", delete(api_keys::revoke_api_key)),
        (Method::GET, "/operators/{id}/history", get(operators::operator_history)),
        (Method::POST, "/operators/{id}/restore", post(operators::restore_operator)),
        (Method::GET, "/statuses", get(operators::list_statuses)),
        (Method::GET, "/settings", get(settings::list_settings)),
        (Method::GET, "/settings/export", get(settings::export_settings)),
        (Method::GET, "/settings/{section}", get(settings::read_settings)),
        (Method::PUT, "/settings/{section}", put(settings::change_settings).layer(of_settings())),
        (Method::POST, "/settings/{section}/check", post(settings::check_settings).layer(of_settings())),
        (Method::GET, "/settings/{section}/history", get(settings::settings_history)),
        (Method::POST, "/settings/{section}/restore", post(settings::restore_settings)),
        (Method::POST, "/rules/try", post(rules::try_rule)),
        (Method::GET, "/rules/runs", get(rules::list_rule_runs)),
        (Method::POST, "/rules/runs/{id}/seen", post(rules::see_rule_alarm)),
        (Method::GET, "/webhooks", get(webhooks::list_webhooks)),
        (Method::POST, "/webhooks", post(webhooks::create_webhook)),
        (Method::PATCH, "/webhooks/{id}", patch(webhooks::change_webhook)),
        (Method::DELETE, "/webhooks/{id}", delete(webhooks::remove_webhook)),
        (Method::POST, "/webhooks/{id}/secret", post(webhooks::replace_webhook_secret)),
        (Method::POST, "/webhooks/{id}/test", post(webhooks::test_webhook)),
        (Method::POST, "/webhooks/{id}/replay", post(webhooks::replay_webhook)),
        (Method::GET, "/webhooks/{id}/deliveries", get(webhooks::list_webhook_deliveries)),
        (Method::POST, "/webhooks/{id}/deliveries/{event_id}/replay", post(webhooks::replay_webhook_delivery)),
    ]
}

/// The first days: the checklist, the rehearsal, the end of a demonstration.
fn routes_about_setup() -> Vec<Route> {
    vec![
        (Method::GET, "/doctor", get(doctor::doctor_report)),
        (Method::POST, "/doctor", post(doctor::examine)),
        (Method::GET, "/checklist", get(setup::checklist)),
        (Method::PUT, "/checklist/{item}", put(setup::mark_checklist)),
        (Method::DELETE, "/checklist/{item}", delete(setup::unmark_checklist)),
        (Method::GET, "/rehearsal", get(setup::rehearsal)),
        (Method::POST, "/rehearsal", post(setup::begin_rehearsal)),
        (Method::DELETE, "/rehearsal", delete(setup::end_rehearsal)),
        (Method::POST, "/rehearsal/skip", post(setup::skip_rehearsal)),
        (Method::POST, "/me/rehearsal", post(setup::join_rehearsal)),
        (Method::GET, "/demo", get(setup::demo)),
        (Method::POST, "/demo/removal", post(setup::remove_demo)),
    ]
}

/// What is left of a consultation: its conclusion, its rating, its record and the record's end.
fn routes_about_records() -> Vec<Route> {
    vec![
        (Method::GET, "/consultations/{id}/conclusion/draft", get(conclusions::conclusion_draft)),
        (Method::PUT, "/consultations/{id}/conclusion/draft", put(conclusions::save_conclusion)),
        (Method::GET, "/consultations/{id}/conclusion/preview", get(conclusions::conclusion_preview)),
        (Method::POST, "/consultations/{id}/conclusion/sign", post(conclusions::sign_conclusion)),
        (Method::POST, "/consultations/{id}/conclusion/amend", post(conclusions::amend_conclusion)),
        (Method::GET, "/consultations/{id}/conclusion/versions", get(conclusions::conclusion_versions)),
        (Method::GET, "/consultations/{id}/conclusion/pdf", get(conclusions::conclusion_pdf)),
        (Method::PUT, "/consultations/{id}/rating", put(ratings::rate_consultation)),
        (Method::GET, "/consultations/{id}/rating", get(ratings::consultation_rating)),
        (Method::GET, "/consultations/{id}/fhir", get(fhir::consultation_fhir)),
        (Method::GET, "/archive/due", get(retention::list_due)),
        (Method::POST, "/archive/{consultation_id}/erase", post(retention::erase_record)),
        (Method::GET, "/archive/{consultation_id}/certificate", get(retention::erasure_certificate)),
        (Method::GET, "/holds", get(retention::list_holds)),
        (Method::POST, "/holds", post(retention::place_hold)),
        (Method::POST, "/holds/{id}/lift", post(retention::lift_hold)),
    ]
}

/// A patient's rights: what was agreed to, where he is signed in, a copy of everything, the end of the account.
fn routes_about_rights() -> Vec<Route> {
    vec![
        (Method::GET, "/me/consents", get(consents::my_consents)),
        (Method::PUT, "/me/consents/{purpose}", put(consents::give_consent)),
        (Method::DELETE, "/me/consents/{purpose}", delete(consents::withdraw_consent)),
        (Method::GET, "/patients/{id}/consents", get(consents::patient_consents)),
        (Method::GET, "/me/export", get(deletion::export_me)),
        (Method::GET, "/me/deletion", get(deletion::my_deletion)),
        (Method::POST, "/me/deletion", post(deletion::delete_me)),
        (Method::GET, "/patients/{id}/sign-ins", get(sign_ins::patient_sign_ins)),
        (Method::POST, "/patients/{id}/sign-out", post(sign_ins::sign_out_patient)),
        (Method::GET, "/patients/{id}/export", get(deletion::export_patient)),
        (Method::GET, "/patients/{id}/deletion", get(deletion::patient_deletion)),
        (Method::POST, "/patients/{id}/deletion", post(deletion::delete_patient)),
    ]
}

/// Whom something is about: persons whom patients act for, cards of one human.
fn routes_about_persons() -> Vec<Route> {
    vec![
        (Method::GET, "/patients/{id}/merges/preview", get(merges::preview_merge)),
        (Method::GET, "/patients/{id}/merges", get(merges::patient_merges)),
        (Method::POST, "/patients/{id}/merges", post(merges::merge_patients)),
        (Method::POST, "/merges/{id}/separate", post(merges::separate_patients)),
        (Method::PUT, "/patients/{id}/dismissed-duplicates/{other_id}", put(merges::dismiss_duplicate)),
        (Method::DELETE, "/patients/{id}/dismissed-duplicates/{other_id}", delete(merges::restore_duplicate)),
        (Method::PUT, "/consultations/{id}/person", put(desk::correct_person)),
        (Method::GET, "/me/persons", get(persons::my_persons)),
        (Method::POST, "/me/persons", post(persons::add_person)),
        (Method::PATCH, "/me/persons/{id}", patch(persons::change_person)),
        (Method::DELETE, "/me/persons/{id}", delete(persons::remove_person)),
        (Method::GET, "/me/persons/{id}/consents", get(persons::my_persons_consents)),
        (Method::PUT, "/me/persons/{id}/consents/{purpose}", put(persons::give_persons_consent)),
        (Method::DELETE, "/me/persons/{id}/consents/{purpose}", delete(persons::withdraw_persons_consent)),
        (Method::GET, "/patients/{id}/persons/{person_id}", get(persons::person_card)),
        (Method::GET, "/patients/{id}/persons/{person_id}/consents", get(persons::person_consents)),
    ]
}

/// A section can be larger than other bodies.
fn of_settings() -> DefaultBodyLimit {
    DefaultBodyLimit::max(SETTINGS_BYTES_MAX)
}

/// A file can be larger still.
fn of_desk_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(DESK_FILE_BYTES_MAX)
}

/// What needs no account.
fn public_routes() -> Vec<Route> {
    vec![
        (Method::GET, "/public/callbacks/challenge", get(public::callback_challenge)),
        (Method::POST, "/public/callbacks", post(public::order_public_callback)),
        (Method::POST, "/public/invitations", post(invitations::open_invitation)),
        (Method::POST, "/public/invitations/accept", post(invitations::accept_invitation)),
        (Method::POST, "/public/rehearsals/{code}/opened", post(setup::rehearsal_opened)),
    ]
}

/// Methods and paths that are mounted and need a token.
pub fn mounted() -> Vec<(Method, &'static str)> {
    routes().into_iter().map(|(method, path, _)| (method, path)).collect()
}

/// The same of those that need none.
pub fn mounted_for_everyone() -> Vec<(Method, &'static str)> {
    public_routes().into_iter().map(|(method, path, _)| (method, path)).collect()
}

/// The API of these tenants.
pub fn router(tenants: Tenants) -> Router {
    let mut router = Router::new().route(&format!("{PREFIX}/openapi.json"), get(document));
    for (_, path, handler) in routes().into_iter().chain(public_routes()) {
        router = router.route(&format!("{PREFIX}{path}"), handler);
    }
    router
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(from_fn_with_state(tenants.clone(), cors))
        .nest_service(RTC_PREFIX, rtc::browser_routes().with_state(tenants.clone()))
        .with_state(tenants)
}

/// The `OpenAPI` document; for everyone.
async fn document() -> impl IntoResponse {
    let headers: [(http::HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, openapi_json())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::{mounted, openapi_json, public_routes};

    #[test]
    fn what_is_mounted_is_what_the_document_says() {
        let document: Value = serde_json::from_str(&openapi_json()).unwrap();
        let mut documented = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().unwrap() {
            documented
                .extend(operations.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
        }
        let public = public_routes().into_iter().map(|(method, path, _)| (method, path));
        let mounted: BTreeSet<_> =
            mounted().into_iter().chain(public).map(|(method, path)| (method.to_string(), path.to_owned())).collect();
        assert_eq!(documented, mounted);
    }

    #[test]
    fn the_committed_document_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../clients/kit/api/openapi.json");
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(committed == openapi_json(), "clients/kit/api/openapi.json is stale: run `make gen`");
    }
}
