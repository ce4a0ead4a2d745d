//! HTTP of application services: a service asks whether it is reached.

use ruma::api::client::appservice::request_ping;

use crate::{
    appservice::Wire,
    http::{ApiError, Here, Matrix, Requester},
    tenant::Tenant,
};

/// `POST /_matrix/client/v1/appservice/{appserviceId}/ping` ·
/// [spec](https://spec.matrix.org/v1.19/application-service-api/#post_matrixclientv1appserviceappserviceidping)
pub async fn ping(
    Here(tenant): Here<Tenant>,
    Here(wire): Here<Wire>,
    requester: Requester,
    Matrix(request): Matrix<request_ping::v1::Request>,
) -> Result<Matrix<request_ping::v1::Response>, ApiError> {
    let own = requester.appservice.filter(|id| *id.0 == *request.appservice_id);
    let Some(appservice) = own.and_then(|id| tenant.appservices.get(&id)) else {
        return Err(ApiError::forbidden("Only the application service itself may ask for its ping."));
    };
    let transaction_id = request.transaction_id.as_ref().map(|id| id.as_str());
    let duration = wire.ping(appservice, transaction_id).await?;
    Ok(Matrix(request_ping::v1::Response::new(duration)))
}
