//! HTTP of receipts and read markers.

use bytes::Bytes;
use ruma::{
    EventId,
    api::client::{
        read_marker::set_read_marker::v3::Request as MarkersRequest,
        receipt::create_receipt::v3::{ReceiptType, Request as ReceiptRequest},
    },
    events::receipt::ReceiptThread,
};

use super::{ReceiptError, ReceiptKind, Receipts, service::Target};
use crate::{
    account_data::AccountData,
    http::{ApiError, Here, NoContent, Requester, matrix::Matrix},
    ids::RoomKey,
    room::{RoomError, Rooms},
};

/// Account data of the fully read marker.
const FULLY_READ: &str = "m.fully_read";

impl From<ReceiptError> for ApiError {
    fn from(error: ReceiptError) -> Self {
        match error {
            ReceiptError::NoSuchEvent => Self::not_found("There is no such event in the room."),
            ReceiptError::OtherThread => Self::invalid_param("The event is not part of this thread."),
            ReceiptError::Busy => consilium_store::CommitError::Conflict { guard: 0 }.into(),
            ReceiptError::Store(source) => source.into(),
            ReceiptError::Commit(source) => source.into(),
        }
    }
}

/// `POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreceiptreceipttypeeventid)
pub async fn send_receipt(
    Here(receipts): Here<Receipts>,
    Here(rooms): Here<Rooms>,
    Here(data): Here<AccountData>,
    requester: Requester,
    Matrix(request): Matrix<ReceiptRequest>,
) -> Result<NoContent, ApiError> {
    let room = joined_room(&rooms, &requester, &request.room_id).await?;
    let kind = match request.receipt_type {
        ReceiptType::Read => ReceiptKind::Public,
        ReceiptType::ReadPrivate => ReceiptKind::Private,
        ReceiptType::FullyRead => {
            if request.thread != ReceiptThread::Unthreaded {
                return Err(ApiError::invalid_param("m.fully_read has no thread."));
            }
            set_fully_read(&data, &requester, room, &request.event_id).await?;
            return Ok(NoContent);
        }
        _ => return Err(ApiError::invalid_param("The receipt type is not known.")),
    };
    let thread = thread_name(&request.thread)?;
    receipts.set(Target { room, user: requester.user_key, kind, thread }, &request.event_id).await?;
    Ok(NoContent)
}

/// `POST /_matrix/client/v3/rooms/{roomId}/read_markers` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidread_markers)
pub async fn set_read_markers(
    Here(receipts): Here<Receipts>,
    Here(rooms): Here<Rooms>,
    Here(data): Here<AccountData>,
    requester: Requester,
    Matrix(request): Matrix<MarkersRequest>,
) -> Result<NoContent, ApiError> {
    let room = joined_room(&rooms, &requester, &request.room_id).await?;
    if let Some(event_id) = &request.fully_read {
        set_fully_read(&data, &requester, room, event_id).await?;
    }
    let moved = [(ReceiptKind::Public, &request.read_receipt), (ReceiptKind::Private, &request.private_read_receipt)];
    for (kind, event_id) in moved {
        if let Some(event_id) = event_id {
            let target = Target { room, user: requester.user_key, kind, thread: String::new() };
            receipts.set(target, event_id).await?;
        }
    }
    Ok(NoContent)
}

async fn joined_room(rooms: &Rooms, requester: &Requester, room: &ruma::RoomId) -> Result<RoomKey, ApiError> {
    let view = rooms.view();
    let key = rooms.key(&*view, room).await?.ok_or(RoomError::NotInRoom)?;
    if rooms.is_joined(&*view, requester.user_key, key).await? { Ok(key) } else { Err(RoomError::NotInRoom.into()) }
}

async fn set_fully_read(
    data: &AccountData,
    requester: &Requester,
    room: RoomKey,
    event_id: &EventId,
) -> Result<(), ApiError> {
    let content = serde_json::to_vec(&serde_json::json!({ "event_id": event_id }))?;
    data.put(requester.user_key, Some(room), FULLY_READ, Bytes::from(content)).await?;
    Ok(())
}

/// Source: client-server API v1.19 §Threaded read receipts: the thread is `main`, or the event id of its root.
fn thread_name(thread: &ReceiptThread) -> Result<String, ApiError> {
    match thread {
        ReceiptThread::Unthreaded => Ok(String::new()),
        ReceiptThread::Main => Ok("main".into()),
        ReceiptThread::Thread(root) => Ok(root.to_string()),
        _ => Err(ApiError::invalid_param("thread_id is neither main nor an event id.")),
    }
}
