//! The `OpenAPI` document, generated from handlers and types; the apps generate their types from it.

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use crate::api::routes::{
    api_keys, archive, audit, bulk, callbacks, calls, canned, conclusions, consents, consultations, conversations,
    deletion, desk, desk_files, doctor, events, fhir, fields, follow_ups, invitations, macros, me, merges, notes,
    operators, partners, patients, persons, public, queue_invitations, queues, ratings, reports, retention, rules,
    saved_views, services, settings, setup, sign_ins, tags, viewing, webhooks,
};
use crate::api::types::ApiScope;
use crate::words::Word;

/// All operations, collected from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(title = "Consilium consultation API", description = "What patient apps and operators' consoles need besides Matrix.", version = "1"),
    servers((url = "/_consilium/v1")),
    paths(
        me::get_me, me::change_me, me::backup_secret, me::take_backup_secret, events::stream, services::list_services,
        conversations::list_conversations, conversations::ask_history_keys,
        consultations::request_consultation, consultations::list_consultations, consultations::get_consultation, consultations::cancel,
        consultations::own_answers, consultations::change_answers, consultations::check_devices,
        desk::take, desk::pass, desk::hold, desk::resume, desk::transfer, desk::take_over, desk::correct_person, desk::invite, desk::dismiss, desk::close,
        queue_invitations::ask_queue, queue_invitations::list_queue_invitations, queue_invitations::take_back_queue_invitation,
        queue_invitations::my_queue_invitations, queue_invitations::accept_queue_invitation, queue_invitations::decline_queue_invitation,
        queue_invitations::see_queue_invitation,
        bulk::act_on_several, bulk::export_consultations, bulk::export_patients,
        calls::start_call, calls::list_calls, calls::call_availability, calls::get_call, calls::stand_by, calls::answer_call, calls::call_token, calls::decline_call,
        calls::cancel_call, calls::hang_up_call, calls::report_call_quality, calls::call_quality,
        callbacks::order_callback, callbacks::list_callbacks, callbacks::get_callback, callbacks::cancel_callback, callbacks::move_callback,
        callbacks::take_callback, callbacks::release_callback, callbacks::call_back, callbacks::consult_on_callback, callbacks::telephone_callback, callbacks::callback_not_answered,
        callbacks::callback_again_later, callbacks::finish_callback, callbacks::note_on_callback, callbacks::callback_record,
        public::callback_challenge, public::order_public_callback,
        queues::list_queues, queues::queue_hours,
        operators::list_operators, operators::create_operator, operators::change_operator, operators::status_history,
        operators::operator_history, operators::restore_operator, operators::list_statuses,
        operators::set_status, operators::leaving, operators::returned, operators::wrapped_up, operators::heartbeat, viewing::say_viewing, operators::approve_identity,
        patients::list_patients, patients::get_patient, patients::change_patient,
        invitations::make_patient, invitations::check_patient, invitations::patient_invitation, invitations::renew_invitation, invitations::take_back_invitation,
        invitations::open_invitation, invitations::accept_invitation,
        merges::preview_merge, merges::patient_merges, merges::merge_patients, merges::separate_patients, merges::dismiss_duplicate, merges::restore_duplicate,
        notes::list_notes, notes::write_note, notes::list_patient_notes, notes::change_note, notes::delete_note, notes::note_versions,
        notes::list_mentions, notes::see_mention,
        canned::list_canned, canned::create_canned, canned::change_canned, canned::remove_canned, canned::canned_versions,
        desk_files::keep_desk_file, desk_files::read_desk_file,
        macros::list_macros, macros::create_macro, macros::change_macro, macros::check_macro, macros::run_macro,
        tags::list_tags, tags::create_tag, tags::change_tag, tags::add_tag, tags::remove_tag,
        fields::list_fields, fields::change_consultation_fields,
        follow_ups::list_follow_ups, follow_ups::follow_up_message, follow_ups::get_follow_up, follow_ups::make_follow_up, follow_ups::change_follow_up, follow_ups::do_follow_up, follow_ups::cancel_follow_up,
        saved_views::list_views, saved_views::create_view, saved_views::change_view, saved_views::arrange_views,
        conclusions::conclusion_draft, conclusions::save_conclusion, conclusions::conclusion_preview, conclusions::sign_conclusion,
        conclusions::amend_conclusion, conclusions::conclusion_versions, conclusions::conclusion_pdf,
        ratings::rate_consultation, ratings::consultation_rating,
        consents::my_consents, consents::give_consent, consents::withdraw_consent, consents::patient_consents,
        persons::my_persons, persons::add_person, persons::change_person, persons::remove_person, persons::my_persons_consents,
        persons::give_persons_consent, persons::withdraw_persons_consent, persons::person_card, persons::person_consents,
        archive::list_archive, archive::read_archive, archive::search_archive, fhir::consultation_fhir, audit::list_audit, audit::audit_proof, audit::prove_audit,
        doctor::doctor_report, doctor::examine,
        retention::list_due, retention::erase_record, retention::erasure_certificate,
        retention::list_holds, retention::place_hold, retention::lift_hold,
        settings::list_settings, settings::export_settings, settings::read_settings, settings::change_settings,
        settings::check_settings, settings::settings_history, settings::restore_settings,
        setup::checklist, setup::mark_checklist, setup::unmark_checklist, setup::rehearsal, setup::begin_rehearsal, setup::end_rehearsal,
        setup::skip_rehearsal, setup::rehearsal_opened, setup::join_rehearsal, setup::demo, setup::remove_demo,
        rules::try_rule, rules::list_rule_runs, rules::see_rule_alarm,
        reports::consultation_report, reports::consultation_report_csv, reports::behind_report, reports::wallboard,
        deletion::export_me, deletion::my_deletion, deletion::delete_me,
        deletion::export_patient, deletion::patient_deletion, deletion::delete_patient,
        sign_ins::patient_sign_ins, sign_ins::sign_out_patient,
        partners::open_consultation, partners::open_callback,
        api_keys::list_api_keys, api_keys::create_api_key, api_keys::change_api_key, api_keys::revoke_api_key,
        webhooks::list_webhooks, webhooks::create_webhook, webhooks::change_webhook, webhooks::remove_webhook, webhooks::replace_webhook_secret,
        webhooks::test_webhook, webhooks::replay_webhook, webhooks::list_webhook_deliveries, webhooks::replay_webhook_delivery,
    ),
    // Those at the end stand in queries only, where utoipa refers to them and does not collect them.
    components(schemas(
        crate::api::types::Problem,
        consilium_config::PublicBrand,
        crate::api::types::ConsultationView,
        crate::api::types::ConsultationSort,
        crate::api::types::SlaFilter,
        crate::api::types::ArchiveSort,
        crate::api::types::PatientSort,
        crate::api::types::PatientRow,
        crate::api::types::CallOutcome,
        crate::api::types::CallbackView,
        crate::api::types::CallbackSort,
        crate::api::types::CallbackDue,
        crate::api::types::ReportFigure,
        crate::api::types::HoldView,
        crate::api::types::WebhookDeliveryState
    ))
)]
struct Document;

/// The whole document, pretty-printed, with a final newline: the content of `clients/kit/api/openapi.json`.
pub fn openapi_json() -> String {
    let mut document = Document::openapi();
    document.merge(events::StreamSchemas::openapi());
    document.merge(calls::CallStreamSchemas::openapi());
    document.merge(callbacks::CallbackStreamSchemas::openapi());
    document.merge(notes::NoteStreamSchemas::openapi());
    document.merge(queue_invitations::QueueInvitationStreamSchemas::openapi());
    document.merge(canned::CannedStreamSchemas::openapi());
    document.merge(macros::MacroStreamSchemas::openapi());
    document.merge(tags::TagStreamSchemas::openapi());
    document.merge(follow_ups::FollowUpStreamSchemas::openapi());
    document.merge(saved_views::SavedViewStreamSchemas::openapi());
    document.merge(webhooks::WebhookStreamSchemas::openapi());
    document.merge(conclusions::ConclusionStreamSchemas::openapi());
    document.merge(settings::SettingsSchemas::openapi());
    document.merge(setup::SetupStreamSchemas::openapi());
    document.merge(rules::RuleStreamSchemas::openapi());
    let mut value = serde_json::to_value(&document).expect("an OpenAPI document has only string keys");
    write_search_as_one(&mut value);
    require_answered_fields(&mut value);
    add_errors_and_security(&mut value);
    let mut text = serde_json::to_string_pretty(&value).expect("a JSON value can always be written");
    text.push('\n');
    text
}

/// Schemas that clients send; all others are answers, whose fields are always there, if only as null.
const REQUESTS: [&str; 84] = [
    "NewConsultation",
    "QuestionAnswer",
    "BackupSecretRequest",
    "HoldRequest",
    "TransferRequest",
    "TakeOverRequest",
    "CorrectPerson",
    "InviteRequest",
    "NewQueueInvitation",
    "NewDeviceCheck",
    "CloseRequest",
    "StatusChange",
    "HandOver",
    "ViewingRequest",
    "NewOperator",
    "OperatorChange",
    "OperatorRestore",
    "PatientChange",
    "NewPatient",
    "CheckPatient",
    "RenewInvitation",
    "OpenInvitation",
    "AcceptInvitation",
    "NewMerge",
    "SeparateMerge",
    "OwnChange",
    "NewPerson",
    "PersonChange",
    "NewCall",
    "JoinCall",
    "DeclineCall",
    "QualityReport",
    "CallbackWindowRequest",
    "NewCallback",
    "MoveCallback",
    "CallbackNote",
    "NewCallbackNote",
    "NoAnswerRequest",
    "AgainLaterRequest",
    "FinishCallback",
    "NewCallbackCall",
    "PublicCallback",
    "NewNote",
    "NoteChange",
    "NewCanned",
    "CannedChange",
    "NewDeskFile",
    "MacroChange",
    "RunMacro",
    "NewTag",
    "TagChange",
    "ConsultationFieldsChange",
    "NewFollowUp",
    "FollowUpChange",
    "EndFollowUp",
    "NewSavedView",
    "SavedViewChange",
    "NewWebhook",
    "WebhookChange",
    "WebhookReplay",
    "NewApiKey",
    "ApiKeyChange",
    "OpenConsultation",
    "OpenCallback",
    "SaveConclusion",
    "SectionText",
    "SignConclusion",
    "AmendConclusion",
    "RateConsultation",
    "ArchiveSearch",
    "GiveConsent",
    "GivenConsent",
    "NewHold",
    "LiftHold",
    "EraseRecord",
    "DeleteAccount",
    "DeletePatient",
    "SignOutPatient",
    "SettingsChange",
    "SettingsRestore",
    "SettingsTry",
    "JoinRehearsal",
    "RemoveDemo",
    "RuleTry",
];

/// Fields of `Problem` that stand only in some kinds.
const PROBLEM_ALWAYS: [&str; 4] = ["type", "title", "status", "detail"];

/// Fields of `FieldError` that stand in every one.
const FIELD_ERROR_ALWAYS: [&str; 2] = ["field", "message"];

fn require_answered_fields(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    for (name, schema) in schemas {
        if name == "Problem" {
            schema["required"] = json!(PROBLEM_ALWAYS);
        } else if name == "FieldError" {
            schema["required"] = json!(FIELD_ERROR_ALWAYS);
        } else if !REQUESTS.contains(&name.as_str()) {
            require_all(schema);
        }
    }
}

/// A search of the archive is its words and all that the archive's list may be asked, and nothing else. As `allOf` of two objects neither of which may have what
/// the other has it would be refused by whoever checks it, so it is one.
fn write_search_as_one(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    let Some(mut whole) = schemas.shift_remove("ArchiveQuery") else { return };
    let Some(search) = schemas.get_mut("ArchiveSearch") else { return };
    let parts = search["allOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let Some(own) = parts.iter().find(|part| part["properties"].is_object()) else { return };
    whole["description"] = search["description"].clone();
    whole["required"] = own["required"].clone();
    for (name, property) in own["properties"].as_object().into_iter().flatten() {
        whole["properties"][name] = property.clone();
    }
    *search = whole;
}

/// Marks all properties of an object, and of the parts of an `allOf`, as required.
fn require_all(schema: &mut Value) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        schema["required"] = properties.keys().cloned().collect::<Vec<_>>().into();
    }
    for part in schema.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten() {
        require_all(part);
    }
}

/// What a partner's key is, and what can be written on it.
fn key_description() -> String {
    let scopes: Vec<_> = ApiScope::WORDS.iter().map(|(_, word)| format!("`{word}`")).collect();
    format!(
        "Key of a partner's system, made by a supervisor. An operation names the scope that has to be written on it; an empty list: any key. Scopes: {}.",
        scopes.join(", ")
    )
}

fn add_errors_and_security(document: &mut Value) {
    document["components"]["securitySchemes"] = json!({
        "bearer": { "type": "http", "scheme": "bearer", "description": "Access token of the homeserver" },
        "partner_key": { "type": "http", "scheme": "bearer", "bearerFormat": "csk_…", "description": key_description() },
    });
    document["security"] = json!([{ "bearer": [] }]);
    let problem = json!({
        "description": "A problem",
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } }
    });
    let paths = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in paths.filter_map(Value::as_object_mut).flat_map(Map::values_mut) {
        operation["responses"]["default"] = problem.clone();
    }
}
