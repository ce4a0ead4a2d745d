//! HTTP of push rules.

use axum::response::Response;
use ruma::{
    api::{client::push as c, error::ErrorKind},
    push::{InsertPushRuleError, NewPushRule, RemovePushRuleError, RuleKind, RuleNotFoundError, Ruleset},
};
use serde::Serialize;

use super::rules::ChangeError;
use crate::{
    http::{ApiError, Here, Matrix, NoContent, Requester, matrix::json_bytes},
    tenant::Tenant,
};

/// `GET /_matrix/client/v3/pushrules/` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrules)
pub async fn all(Here(tenant): Here<Tenant>, requester: Requester) -> Result<Response, ApiError> {
    let rules = own(&tenant, &requester).await?;
    json(&serde_json::json!({ "global": &*rules }))
}

/// `GET /_matrix/client/v3/pushrules/global/` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobal)
pub async fn global(Here(tenant): Here<Tenant>, requester: Requester) -> Result<Response, ApiError> {
    json(&*own(&tenant, &requester).await?)
}

async fn own(tenant: &Tenant, requester: &Requester) -> Result<std::sync::Arc<Ruleset>, ApiError> {
    Ok(tenant.rooms.base.push_rules.of(&*tenant.writer.view(), requester.user_key, &requester.user).await?)
}

fn json(value: &impl Serialize) -> Result<Response, ApiError> {
    Ok(json_bytes(serde_json::to_vec(value).map_err(ApiError::internal)?))
}

/// `GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleid)
pub async fn get(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::get_pushrule::v3::Request>,
) -> Result<Response, ApiError> {
    let rules = own(&tenant, &requester).await?;
    let rule = rules.get(request.kind, &request.rule_id).ok_or_else(no_such_rule)?;
    json(&c::PushRule::from(rule.to_owned()))
}

/// `GET …/pushrules/global/{kind}/{ruleId}/enabled` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidenabled)
pub async fn get_enabled(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::get_pushrule_enabled::v3::Request>,
) -> Result<Response, ApiError> {
    let rules = own(&tenant, &requester).await?;
    let rule = rules.get(request.kind, &request.rule_id).ok_or_else(no_such_rule)?;
    json(&serde_json::json!({ "enabled": rule.enabled() }))
}

/// `GET …/pushrules/global/{kind}/{ruleId}/actions` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidactions)
pub async fn get_actions(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::get_pushrule_actions::v3::Request>,
) -> Result<Response, ApiError> {
    let rules = own(&tenant, &requester).await?;
    let rule = rules.get(request.kind, &request.rule_id).ok_or_else(no_such_rule)?;
    json(&serde_json::json!({ "actions": rule.actions() }))
}

/// `PUT /_matrix/client/v3/pushrules/global/{kind}/{ruleId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleid)
pub async fn put(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::set_pushrule::v3::Request>,
) -> Result<NoContent, ApiError> {
    let c::set_pushrule::v3::Request { rule, before, after, .. } = request;
    change(&tenant, &requester, |rules| insert(rules, &rule, after.as_deref(), before.as_deref()).map_err(not_inserted))
        .await
}

/// A rule that is moved is taken out first, so that its new place is counted without it.
fn insert(
    rules: &mut Ruleset,
    rule: &NewPushRule,
    after: Option<&str>,
    before: Option<&str>,
) -> Result<(), InsertPushRuleError> {
    let is_self = |other: Option<&str>| other == Some(rule.rule_id());
    if is_self(after) || is_self(before) {
        return Err(InsertPushRuleError::UnknownRuleId);
    }
    if after.is_some() || before.is_some() {
        // There may be no such rule yet.
        let _absent = rules.remove(rule.kind(), rule.rule_id());
    }
    rules.insert(rule.clone(), after, before)
}

/// `DELETE /_matrix/client/v3/pushrules/global/{kind}/{ruleId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#delete_matrixclientv3pushrulesglobalkindruleid)
pub async fn delete(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::delete_pushrule::v3::Request>,
) -> Result<NoContent, ApiError> {
    change(&tenant, &requester, |rules| {
        rules.remove(request.kind.clone(), &request.rule_id).map_err(|error| match error {
            RemovePushRuleError::ServerDefault => ApiError::invalid_param("A predefined rule cannot be deleted."),
            _ => no_such_rule(),
        })
    })
    .await
}

/// `PUT …/pushrules/global/{kind}/{ruleId}/enabled` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidenabled)
pub async fn put_enabled(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::set_pushrule_enabled::v3::Request>,
) -> Result<NoContent, ApiError> {
    change(&tenant, &requester, |rules| {
        let kind: RuleKind = request.kind.clone();
        rules.set_enabled(kind, &request.rule_id, request.enabled).map_err(|_: RuleNotFoundError| no_such_rule())
    })
    .await
}

/// `PUT …/pushrules/global/{kind}/{ruleId}/actions` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3pushrulesglobalkindruleidactions)
pub async fn put_actions(
    Here(tenant): Here<Tenant>,
    requester: Requester,
    Matrix(request): Matrix<c::set_pushrule_actions::v3::Request>,
) -> Result<NoContent, ApiError> {
    change(&tenant, &requester, |rules| {
        let actions = request.actions.clone();
        rules
            .set_actions(request.kind.clone(), &request.rule_id, actions)
            .map_err(|_: RuleNotFoundError| no_such_rule())
    })
    .await
}

async fn change(
    tenant: &Tenant,
    requester: &Requester,
    change: impl Fn(&mut Ruleset) -> Result<(), ApiError>,
) -> Result<NoContent, ApiError> {
    let user = (requester.user_key, &*requester.user);
    match tenant.rooms.base.push_rules.change(&tenant.writer, user, change).await {
        Ok(_) => Ok(NoContent),
        Err(ChangeError::Refused(error)) => Err(error),
        Err(ChangeError::TooLarge) => Err(ApiError::too_large("There are more push rules than one user may have.")),
        Err(ChangeError::Store(error)) => Err(error.into()),
        Err(ChangeError::Commit(error)) => Err(error.into()),
    }
}

fn no_such_rule() -> ApiError {
    ApiError::not_found("There is no such push rule.")
}

fn not_inserted(error: InsertPushRuleError) -> ApiError {
    let reason = error.to_string();
    match error {
        InsertPushRuleError::ServerDefaultRuleId | InsertPushRuleError::InvalidRuleId => {
            ApiError::invalid_param(reason)
        }
        _ => ApiError::bad_request(ErrorKind::Unknown, reason),
    }
}
