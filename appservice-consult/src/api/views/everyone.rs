//! What every caller may do, each in his own shape.

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use futures_util::{FutureExt, StreamExt};
use tokio_stream::wrappers::ReceiverStream;

use super::{PatientView, StaffView, SupervisorView};
use crate::actor::Actor;
use crate::api::caller::Checked;
use crate::api::problem::ApiError;
use crate::api::types::{ArchiveRecord, HistoryKeys, Me, Services};
use crate::archive::{self, Form, Share};
use crate::change::{self, Audience};
use crate::consultation::Record;
use crate::conversation;
use crate::ids::{ConsultationId, ConversationId};
use crate::operator::Member;
use crate::present::{ArchiveReader, Presenter};

/// An account of any role that calls.
pub enum Caller {
    /// A patient.
    Patient(PatientView),
    /// An operator.
    Operator(StaffView),
    /// A supervisor.
    Supervisor(SupervisorView),
}

/// When a listener with too many streams may try again.
const STREAMS_RETRY_MS: u64 = 5_000;

impl Caller {
    pub(super) fn checked(&self) -> &Checked {
        match self {
            Self::Patient(patient) => &patient.checked,
            Self::Operator(staff) => &staff.checked,
            Self::Supervisor(supervisor) => &supervisor.staff().checked,
        }
    }

    pub(super) fn presenter(&self) -> Presenter<'_> {
        let checked = self.checked();
        Presenter::new(&checked.served.tenant, &checked.language)
    }

    /// The member of staff; none: a patient.
    pub(super) fn member(&self) -> Option<&Arc<Member>> {
        match self {
            Self::Patient(_) => None,
            Self::Operator(staff) => Some(&staff.member),
            Self::Supervisor(supervisor) => Some(&supervisor.staff().member),
        }
    }

    /// A member of staff is told of the consultation at all; of a patient his own view decides.
    pub(super) async fn must_know(&self, id: &ConsultationId) -> Result<(), ApiError> {
        match self {
            Self::Operator(staff) => staff.known(id).await.map(drop),
            Self::Patient(_) | Self::Supervisor(_) => Ok(()),
        }
    }

    pub(super) fn actor(&self) -> Actor {
        match self {
            Self::Patient(patient) => patient.actor(),
            Self::Operator(staff) => staff.actor(),
            Self::Supervisor(supervisor) => supervisor.staff().actor(),
        }
    }

    /// Who he is.
    pub async fn me(&self) -> Result<Me, ApiError> {
        match self {
            Self::Patient(patient) => patient.me().await,
            Self::Operator(staff) => staff.me().await,
            Self::Supervisor(supervisor) => supervisor.staff().me().await,
        }
    }

    /// The services of the brand.
    pub async fn services(&self) -> Result<Services, ApiError> {
        let checked = self.checked();
        let mut reading = checked.served.tenant.store.read_at_length().await?;
        let services = Presenter::new(&checked.served.tenant, &checked.language).services(&mut reading).await?;
        Ok(Services { services })
    }

    /// A stream of what changes.
    pub async fn events(&self, last_event_id: Option<&HeaderValue>) -> Result<Response, ApiError> {
        let checked = self.checked();
        let tenant = Arc::clone(&checked.served.tenant);
        let admission = tenant.feed.admit(&checked.user_id).ok_or_else(|| ApiError::rate_limited(STREAMS_RETRY_MS))?;
        let audience = Audience {
            user_id: checked.user_id.clone(),
            patient: match self {
                Self::Patient(patient) => Some(patient.patient.id.clone()),
                Self::Operator(_) | Self::Supervisor(_) => None,
            },
            language: checked.language.clone(),
        };
        let last = last_event_id.and_then(|id| id.to_str().ok()).map(str::to_owned);
        let events = change::follow(tenant, audience, last, admission, self.still_allowed()).await?;
        let events = ReceiverStream::new(events).map(Ok::<_, Infallible>);
        let headers: HeaderMap = [
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        ]
        .into_iter()
        .collect();
        let mut response = Sse::new(events).into_response();
        response.headers_mut().extend(headers);
        Ok(response)
    }

    /// A stream lives as long as its token and its role; while it lives, the console does.
    fn still_allowed(&self) -> change::StillAllowed {
        let (checked, member) = match self {
            Self::Patient(patient) => (patient.checked.clone(), None),
            Self::Operator(staff) => (staff.checked.clone(), Some((staff.member.id.clone(), false))),
            Self::Supervisor(supervisor) => {
                (supervisor.staff().checked.clone(), Some((supervisor.staff().member.id.clone(), true)))
            }
        };
        Box::new(move || {
            let (checked, member) = (checked.clone(), member.clone());
            async move {
                let tenant = &checked.served.tenant;
                if let Some((member, _)) = &member {
                    tenant.heartbeats.beat(member, tenant.context.now());
                }
                let now = tenant.staff.by_user(&checked.user_id);
                let is_same_role = now.map(|member| (member.id.clone(), member.role.supervises())) == member;
                is_same_role && checked.served.is_still(&checked.token, &checked.user_id).await
            }
            .boxed()
        })
    }

    /// A fresh bundle of a conversation's keys, for who takes part in it.
    pub async fn history_keys(&self, id: &ConversationId) -> Result<HistoryKeys, ApiError> {
        let tenant = &self.checked().served.tenant;
        let mut reading = tenant.store.read().await?;
        let conversation = conversation::load(&mut reading, id).await?.ok_or_else(ApiError::not_found)?;
        let is_known = match self {
            Self::Patient(patient) => conversation.patient == patient.patient.id,
            Self::Operator(staff) => staff.knows_conversation(&mut reading, &conversation).await?,
            Self::Supervisor(_) => true,
        };
        drop(reading);
        if !is_known {
            return Err(ApiError::not_found());
        }
        let user = &self.checked().user_id;
        Ok(conversation::hand_over_now(tenant, &conversation, &self.actor(), user).await?)
    }

    /// How much of a sealed consultation he may read.
    pub(super) fn share_of(&self, record: &Record) -> Option<Share> {
        match self {
            Self::Patient(patient) => (record.patient == patient.patient.id).then_some(Share::Whole),
            Self::Operator(staff) => Share::of_operator(record, &staff.member.id),
            Self::Supervisor(_) => Some(Share::Whole),
        }
    }

    fn archive_reader(&self) -> ArchiveReader<'_> {
        match self {
            Self::Patient(_) => ArchiveReader::Patient,
            Self::Operator(staff) => ArchiveReader::Staff(&staff.member),
            Self::Supervisor(_) => ArchiveReader::Supervisors,
        }
    }

    /// A sealed consultation, opened: the patient's own, an operator's as far as he took part, any for supervisors.
    pub async fn archive_record(&self, id: &ConsultationId) -> Result<ArchiveRecord, ApiError> {
        let checked = self.checked();
        let tenant = &checked.served.tenant;
        let share = |record: &Record| self.share_of(record);
        let opened = archive::open(tenant, id, &self.actor(), Form::Record, share).await?;
        let mut reading = tenant.store.read().await?;
        let row = self.presenter().archive_row(&mut reading, &opened.record, self.archive_reader()).await?;
        let archive::Opened { transcript, files, calls, conclusions, answers, person, chain, .. } = opened;
        Ok(ArchiveRecord { row, transcript, files, calls, conclusions, answers, person, chain })
    }
}
