//! HTTP of typing.

use ruma::api::client::typing::create_typing_event::v3::{Request, Typing as Wanted};

use super::Typing;
use crate::{
    http::{ApiError, Here, NoContent, Requester, matrix::Matrix},
    room::{RoomError, Rooms},
};

/// `PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}` ·
/// [spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidtypinguserid)
pub async fn set_typing(
    Here(typing): Here<Typing>,
    Here(rooms): Here<Rooms>,
    requester: Requester,
    Matrix(request): Matrix<Request>,
) -> Result<NoContent, ApiError> {
    requester.must_be(&request.user_id)?;
    let view = rooms.view();
    let room = rooms.key(&*view, &request.room_id).await?.ok_or(RoomError::NotInRoom)?;
    if !rooms.is_joined(&*view, requester.user_key, room).await? {
        return Err(RoomError::NotInRoom.into());
    }
    match request.state {
        Wanted::Yes(info) => typing.start(room, requester.user_key, info.timeout),
        Wanted::No => typing.stop(room, requester.user_key),
    }
    Ok(NoContent)
}
