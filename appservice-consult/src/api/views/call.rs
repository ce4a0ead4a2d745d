//! What callers of each role may do with calls.

use super::{Caller, SupervisorView};
use crate::api::problem::ApiError;
use crate::api::types::{
    Call, CallAvailability, CallPage, CallQualities, CallQuality, CallQuery, CallTicket, CallTrouble, JoinCall,
    JoinedCall, Measure, NewCall, OneCall, Page, QualityReport,
};
use crate::call::{self, Act, CallError, Concerned, Device, Filter, Membership, Record, SLOT, Ticket};
use crate::ids::{CallId, ConsultationId, PatientId};
use crate::operator::Member;
use crate::page;
use crate::present::Presenter;
use crate::tenant::Tenant;

/// Longest `member.id` that is taken; clients use a UUID.
const MEMBER_ID_BYTES_MAX: usize = 255;

impl Caller {
    fn tenant(&self) -> &Tenant {
        &self.checked().served.tenant
    }

    fn own_patient(&self) -> Option<&PatientId> {
        match self {
            Self::Patient(patient) => Some(&patient.patient.id),
            Self::Operator(_) | Self::Supervisor(_) => None,
        }
    }

    /// A patient's own account; for staff, all accounts on the card that a query names.
    fn listed_patients(&self, named: Option<&PatientId>) -> Option<Vec<PatientId>> {
        match self.own_patient() {
            Some(own) => Some(vec![own.clone()]),
            None => named.map(|id| self.tenant().patients.accounts_of(id)),
        }
    }

    /// Whether calls work.
    pub fn call_availability(&self) -> CallAvailability {
        let calls = self.tenant().calls.as_ref();
        let reason = match calls {
            None => Some(CallTrouble::NotConnected),
            Some(calls) => calls.trouble(),
        };
        CallAvailability {
            available: reason.is_none(),
            reason,
            url: calls.map(|calls| calls.url.clone()),
            livekit_service_url: calls.map(|calls| calls.service_url.clone()),
            ring_seconds: calls.map_or(0, |calls| calls.ring_seconds),
        }
    }

    /// What a query asks for.
    fn call_filter(&self, query: &CallQuery) -> Filter {
        let tenant = self.tenant();
        let operator = query.operator.as_ref().and_then(|id| tenant.staff.by_id(id));
        Filter {
            seen_by: self.member().filter(|member| !member.role.supervises()).cloned(),
            consultation: query.consultation.clone(),
            patients: self.listed_patients(query.patient.as_ref()),
            with: match (&operator, &query.operator) {
                (Some(operator), _) => Some(operator.user_id.clone()),
                // Nobody: nothing matches.
                (None, Some(_)) => Some(String::new().into()),
                (None, None) => None,
            },
            queue: query.queue.clone(),
            caller: query.caller_side,
            kind: query.kind,
            open: query.open,
            outcome: query.outcome,
            from: query.from.or_else(|| query.days.map(|days| call::days_before(tenant.context.now(), days))),
            to: query.to,
        }
    }

    /// Calls that he may see.
    pub async fn calls(&self, query: CallQuery) -> Result<CallPage, ApiError> {
        let tenant = self.tenant();
        let filter = self.call_filter(&query);
        let mut reading = tenant.store.read().await?;
        let listed = call::list(&mut reading, &filter, page::limit(query.limit), query.cursor.as_deref()).await?;
        let presenter = Presenter::new(tenant, &self.checked().language);
        let (next_cursor, total) = (listed.next_cursor, listed.total);
        Ok(if self.own_patient().is_some() {
            let items = presenter.calls(&mut reading, &listed.records).await?;
            CallPage::Own(Page::new(items, next_cursor, total))
        } else {
            let items = presenter.call_rows(&mut reading, &listed.records).await?;
            CallPage::Rows(Page::new(items, next_cursor, total))
        })
    }

    /// One call; another patient's, and one with which a member of staff has nothing to do, is answered like an absent one.
    pub async fn call(&self, id: &CallId) -> Result<OneCall, ApiError> {
        let record = self.admitted(id, Concerned::sees).await?;
        let mut reading = self.tenant().store.read().await?;
        let presenter = Presenter::new(self.tenant(), &self.checked().language);
        Ok(if self.own_patient().is_some() {
            OneCall::Own(Box::new(presenter.call(&mut reading, &record).await?))
        } else {
            OneCall::Row(Box::new(presenter.call_row(&mut reading, &record).await?))
        })
    }

    /// One that he may be told of: what he wants to do with it is refused for its own reason.
    async fn known_call(&self, id: &CallId) -> Result<Record, ApiError> {
        self.admitted(id, Concerned::knows).await
    }

    async fn admitted(
        &self,
        id: &CallId,
        admits: impl FnOnce(&Concerned, &Member) -> bool,
    ) -> Result<Record, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let record = call::load(&mut reading, id).await?.ok_or_else(ApiError::not_found)?;
        let is_admitted = match self.member() {
            None => self.own_patient() == Some(&record.patient),
            Some(member) => admits(&Concerned::load(&mut reading, self.tenant(), &record).await?, member),
        };
        if is_admitted { Ok(record) } else { Err(ApiError::not_found()) }
    }

    async fn shown(&self, record: &Record) -> Result<Call, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        Ok(Presenter::new(self.tenant(), &self.checked().language).call(&mut reading, record).await?)
    }

    /// The calling device, by its own token.
    pub(super) fn device(&self, member_id: Option<String>) -> Result<Device, ApiError> {
        let checked = self.checked();
        let device = checked.device_id.clone();
        let device = device.ok_or_else(|| ApiError::forbidden("A call needs a device: sign in with one."))?;
        let membership = match member_id {
            None => Membership::State,
            Some(member_id) if (1..=MEMBER_ID_BYTES_MAX).contains(&member_id.len()) => Membership::Sticky { member_id },
            Some(_) => return Err(ApiError::invalid("member_id", "1 to 255 bytes")),
        };
        Ok(Device { user: checked.user_id.clone(), device, membership })
    }

    fn ticket(&self, ticket: Ticket) -> CallTicket {
        let calls = self.tenant().calls.as_ref();
        CallTicket {
            url: ticket.url,
            jwt: ticket.jwt,
            identity: ticket.identity,
            room_id: ticket.room,
            slot_id: SLOT.to_owned(),
            livekit_service_url: calls.map(|calls| calls.service_url.clone()).unwrap_or_default(),
        }
    }

    /// A call with what the device needs to join it.
    pub(super) async fn joined(&self, record: Record, ticket: Option<Ticket>) -> Result<JoinedCall, ApiError> {
        let mut reading = self.tenant().store.read().await?;
        let rings_at = call::rings_at(&mut reading, self.tenant(), &record).await?;
        let call = Presenter::new(self.tenant(), &self.checked().language).call(&mut reading, &record).await?;
        Ok(JoinedCall { call, ticket: ticket.map(|ticket| self.ticket(ticket)), rings_at })
    }

    /// Answers a call.
    pub async fn answer_call(&self, id: &CallId, request: JoinCall) -> Result<JoinedCall, ApiError> {
        self.known_call(id).await?;
        let device = self.device(request.member_id)?;
        let (record, ticket) = call::answer(self.tenant(), id, &device, &self.actor()).await?;
        self.joined(record, Some(ticket)).await
    }

    /// Lets a device at which a call rings make its way to the media server.
    pub async fn stand_by(&self, id: &CallId, request: JoinCall) -> Result<JoinedCall, ApiError> {
        self.known_call(id).await?;
        let device = self.device(request.member_id)?;
        let (record, ticket) = call::stand_by(self.tenant(), id, &device).await?;
        self.joined(record, Some(ticket)).await
    }

    /// A new token for a call that is on.
    pub async fn call_token(&self, id: &CallId, request: JoinCall) -> Result<JoinedCall, ApiError> {
        let record = self.known_call(id).await?;
        if !record.state.is_open() {
            return Err(CallError::Refused(call::Refusal::Over).into());
        }
        let device = self.device(request.member_id)?;
        let place = call::admit(self.tenant(), record.room.as_str(), &device.user).await?;
        let ticket = call::join(self.tenant(), &place.room, &device).await?;
        self.joined(record, Some(ticket)).await
    }

    /// Calls the other side of a consultation. The flag says whether the call began now.
    pub async fn start_call(&self, id: &ConsultationId, request: NewCall) -> Result<(JoinedCall, bool), ApiError> {
        if let Self::Patient(patient) = self {
            patient.own(id).await?;
        }
        self.must_know(id).await?;
        let device = self.device(request.member_id)?;
        let started = call::start(self.tenant(), id, request.kind, &device, &self.actor()).await?;
        Ok((self.joined(started.call, started.ticket).await?, started.is_new))
    }

    /// Ends a call, or his part in it.
    pub async fn act_on_call(&self, id: &CallId, act: Act) -> Result<Call, ApiError> {
        self.known_call(id).await?;
        let who = (&self.checked().user_id, self.checked().device_id.as_deref());
        let record = call::act(self.tenant(), id, who, act, &self.actor()).await?;
        self.shown(&record).await
    }

    /// What his app measured.
    pub async fn report_call_quality(&self, id: &CallId, report: QualityReport) -> Result<(), ApiError> {
        if report.loss_permille > 1_000 {
            return Err(ApiError::invalid("loss_permille", "0 to 1000"));
        }
        self.known_call(id).await?;
        Ok(call::report(self.tenant(), id, &self.checked().user_id, &report).await?)
    }
}

impl SupervisorView {
    /// What the apps measured of a call.
    pub async fn call_quality(&self, id: &CallId) -> Result<CallQualities, ApiError> {
        let tenant = self.staff().tenant();
        let samples = call::quality_of(tenant, id).await?;
        let measure = |(mean, worst): (i64, i64)| Measure { mean, worst };
        let participants = samples.into_iter().map(|sample| CallQuality {
            name: tenant.name_of(&sample.user),
            user_id: sample.user,
            reports: sample.reports,
            loss_permille: measure(sample.loss_permille),
            jitter_ms: measure(sample.jitter_ms),
            round_trip_ms: measure(sample.round_trip_ms),
            freezes: sample.freezes,
            freeze_ms: sample.freeze_ms,
        });
        Ok(CallQualities { participants: participants.collect() })
    }
}
