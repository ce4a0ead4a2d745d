//! HTTP of media.

use std::time::Duration;

use axum::{
    Json,
    body::Body,
    extract::{FromRequestParts, Request},
    http::request::Parts,
    response::{IntoResponse, Response},
};
use consilium_config::ThumbnailMethod;
use consilium_store::BlobHash;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use ruma::{OwnedServerName, api::client::authenticated_media::get_content_thumbnail, media::Method};
use serde::Deserialize;
use serde_json::json;

use super::{
    disposition,
    error::MediaError,
    range::{self, Wanted as WantedRange},
    service::{Described, Media},
    thumbnail::{Thumbnail, Wanted},
};
use crate::http::{ApiError, Here, Matrix, NoContent, Requester, matrix::path_arguments};

/// Longest wait for content that is being uploaded.
const PATIENCE_MAX: Duration = Duration::from_mins(1);

/// `GET /_matrix/client/v1/media/config` · [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediaconfig)
pub async fn config(Here(media): Here<Media>, _: Requester) -> impl IntoResponse {
    Json(json!({ "m.upload.size": media.upload_bytes_max() }))
}

#[derive(Debug, Deserialize)]
struct UploadQuery {
    filename: Option<String>,
    /// Ours: how long the content is wanted, in milliseconds. It goes within an hour after that.
    #[serde(rename = "chat.consilium.lifetime_ms")]
    lifetime_ms: Option<u64>,
}

fn described(request: &Request) -> Result<Described, ApiError> {
    let query: UploadQuery = serde_html_form::from_str(request.uri().query().unwrap_or_default())
        .map_err(|error| ApiError::invalid_param(error.to_string()))?;
    let text = |name: header::HeaderName| request.headers().get(name)?.to_str().ok().map(str::to_owned);
    Ok(Described {
        content_type: text(header::CONTENT_TYPE),
        filename: query.filename,
        lifetime_ms: query.lifetime_ms,
        size_bytes: text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    })
}

/// `POST /_matrix/media/v3/upload` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav3upload)
pub async fn upload(
    Here(media): Here<Media>,
    requester: Requester,
    request: Request,
) -> Result<impl IntoResponse, ApiError> {
    let described = described(&request)?;
    let id = media.upload(requester.user_key, described, request.into_body()).await?;
    Ok(Json(json!({ "content_uri": format!("mxc://{}/{id}", media.server_name()) })))
}

/// `POST /_matrix/media/v1/create` · [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav1create)
pub async fn create(Here(media): Here<Media>, requester: Requester) -> Result<impl IntoResponse, ApiError> {
    let reserved = media.reserve(requester.user_key).await?;
    Ok(Json(json!({
        "content_uri": format!("mxc://{}/{}", media.server_name(), reserved.id),
        "unused_expires_at": reserved.expires_ms,
    })))
}

/// Server name, media id and file name of the path.
#[derive(Clone, Debug)]
pub struct Target {
    server_name: OwnedServerName,
    id: String,
    filename: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Target {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let mut arguments = path_arguments(parts, state).await?.into_iter();
        let (Some(server_name), Some(id)) = (arguments.next(), arguments.next()) else {
            return Err(ApiError::unrecognized());
        };
        let server_name =
            server_name.try_into().map_err(|_| ApiError::invalid_param("The path has no server name."))?;
        Ok(Self { server_name, id, filename: arguments.next() })
    }
}

/// `PUT /_matrix/media/v3/upload/{serverName}/{mediaId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixmediav3uploadservernamemediaid)
pub async fn upload_to(
    Here(media): Here<Media>,
    requester: Requester,
    target: Target,
    request: Request,
) -> Result<NoContent, ApiError> {
    if target.server_name != media.server_name() {
        return Err(MediaError::NotFound.into());
    }
    let described = described(&request)?;
    media.upload_to(requester.user_key, &target.id, described, request.into_body()).await?;
    Ok(NoContent)
}

#[derive(Debug, Deserialize)]
struct DownloadQuery {
    timeout_ms: Option<u64>,
}

/// `GET /_matrix/client/v1/media/download/{serverName}/{mediaId}[/{fileName}]` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediadownloadservernamemediaid)
pub async fn download(
    Here(media): Here<Media>,
    _: Requester,
    target: Target,
    request: Request,
) -> Result<Response, ApiError> {
    let query: DownloadQuery = serde_html_form::from_str(request.uri().query().unwrap_or_default())
        .map_err(|error| ApiError::invalid_param(error.to_string()))?;
    let stored = media.find(&target.server_name, &target.id, patience(query.timeout_ms)).await?;
    let filename = target.filename.or(stored.filename.clone());
    let headers = disposition::headers(stored.content_type.as_deref(), filename.as_deref());
    serve(&media, stored.blob(), stored.size_bytes, headers, request.headers()).await
}

/// Source: client-server API v1.19: 20 seconds unless told.
fn patience(timeout_ms: Option<u64>) -> Duration {
    timeout_ms.map_or(Duration::from_secs(20), Duration::from_millis).min(PATIENCE_MAX)
}

/// `GET /_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1mediathumbnailservernamemediaid)
pub async fn thumbnail(
    Here(media): Here<Media>,
    _: Requester,
    headers: HeaderMap,
    Matrix(request): Matrix<get_content_thumbnail::v1::Request>,
) -> Result<Response, ApiError> {
    let dimension = |value: ruma::UInt| u32::try_from(value).ok().filter(|value| *value > 0);
    let (Some(width), Some(height)) = (dimension(request.width), dimension(request.height)) else {
        return Err(ApiError::invalid_param("width and height must be above zero."));
    };
    let method = match request.method {
        Some(Method::Crop) => ThumbnailMethod::Crop,
        Some(Method::Scale) | None => ThumbnailMethod::Scale,
        Some(_) => return Err(ApiError::invalid_param("method must be crop or scale.")),
    };
    let patience = request.timeout_ms.min(PATIENCE_MAX);
    let stored = media.find(&request.server_name, &request.media_id, patience).await?;
    let made = media.thumbnail(&stored, Wanted { width, height, method }).await?;
    let (blob, size_bytes, content_type) = match made {
        Thumbnail::Made(row) => (row.blob(), row.size_bytes, Some(row.content_type)),
        Thumbnail::Original => (stored.blob(), stored.size_bytes, stored.content_type),
    };
    serve(&media, blob, size_bytes, disposition::headers(content_type.as_deref(), None), &headers).await
}

/// `DELETE /_matrix/client/unstable/chat.consilium/media/{serverName}/{mediaId}`: ours, because the specification has no way to remove a medium.
///
/// For application services alone: whoever keeps an archive has to be able to end it. The content goes from the disk at once where no other id has it and it has lain
/// there for a day, else with a sweep.
pub async fn remove(Here(media): Here<Media>, requester: Requester, target: Target) -> Result<NoContent, ApiError> {
    if requester.appservice.is_none() {
        return Err(ApiError::forbidden("Only application services remove media."));
    }
    if target.server_name != media.server_name() {
        return Err(MediaError::NotFound.into());
    }
    media.remove(&target.id).await?;
    Ok(NoContent)
}

/// Legacy endpoints without a token: nothing is found there.
pub async fn legacy() -> ApiError {
    ApiError::not_found("Media need a token here: use /_matrix/client/v1/media.")
}

/// Streams a blob, or the part of it that is asked for.
async fn serve(
    media: &Media,
    blob: BlobHash,
    size_bytes: u64,
    mut headers: HeaderMap,
    asked: &HeaderMap,
) -> Result<Response, ApiError> {
    let value = |text: String| HeaderValue::from_str(&text).map_err(ApiError::internal);
    let etag = value(format!("\"{blob}\""))?;
    headers.insert(header::ETAG, etag.clone());
    if asked.get(header::IF_NONE_MATCH).is_some_and(|known| *known == etag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let text = |name| asked.get(name).and_then(|value| value.to_str().ok());
    // A part of another content than the client has is of no use to it.
    let same = asked.get(header::IF_RANGE).is_none_or(|known| *known == etag);
    let wanted = if same { range::wanted(text(header::RANGE), size_bytes) } else { WantedRange::Whole };
    let (status, part) = match wanted {
        WantedRange::Whole => (StatusCode::OK, 0..size_bytes),
        WantedRange::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        WantedRange::NotSatisfiable => {
            let mut response = ApiError::from(MediaError::RangeNotSatisfiable { size_bytes }).into_response();
            response.headers_mut().insert(header::CONTENT_RANGE, value(format!("bytes */{size_bytes}"))?);
            return Ok(response);
        }
    };
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size_bytes}", part.start, part.end - 1);
        headers.insert(header::CONTENT_RANGE, value(range)?);
    }
    headers.insert(header::CONTENT_LENGTH, value((part.end - part.start).to_string())?);
    let read = media.read(blob, part).await?;
    Ok((status, headers, Body::from_stream(read.into_stream())).into_response())
}
