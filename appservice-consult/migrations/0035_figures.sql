-- What was promised to a consultation, where each step left it, and views for a partner's own reports. Times are milliseconds since the Unix epoch.

-- What was said of the promised close: none, warned, broken.
ALTER TABLE consultation ADD COLUMN resolution_mark TEXT NOT NULL DEFAULT 'none';
-- 1: the queue promised it then, whatever its settings say now. What was asked for before these columns has 0, and no report counts its promises.
ALTER TABLE consultation ADD COLUMN wait_promised BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultation ADD COLUMN response_promised BIGINT NOT NULL DEFAULT 0;
ALTER TABLE consultation ADD COLUMN resolution_promised BIGINT NOT NULL DEFAULT 0;
-- When it was last opened again after its end.
ALTER TABLE consultation ADD COLUMN reopened_at BIGINT;
-- Where it stood after the step; null: a step before this column, or of no queue of its own.
ALTER TABLE consultation_history ADD COLUMN queue_id TEXT;
-- Reports find by it what waited from before a period into it.
CREATE INDEX consultation_by_end ON consultation (ended_at, requested_at, id);

-- Views for business intelligence: ids, words and times. No column of them is sealed, and none says who somebody is: no name, account, number, text or language.
-- They are part of the product (docs/bi-views.md): columns are added, never renamed. A migration that rebuilds a table below drops these views first and makes
-- them again.

CREATE VIEW bi_consultation AS
    SELECT c.id AS consultation_id, c.conversation_id, c.patient_id, c.queue_id, c.lead_id AS operator_id, c.phase, c.priority,
        c.requested_at, c.first_taken_at, c.first_answer_at, c.reopened_at, c.ended_at, c.message_count,
        (c.first_answer_at - c.requested_at) / 1000 AS wait_seconds,
        (c.first_answer_at - c.first_taken_at) / 1000 AS first_response_seconds,
        CASE WHEN c.phase = 'archived' THEN (c.ended_at - c.requested_at) / 1000 END AS resolution_seconds,
        c.wait_promised, c.response_promised, c.resolution_promised,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'wait_broken')
            THEN 1 ELSE 0 END AS wait_broken,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'response_broken')
            THEN 1 ELSE 0 END AS response_broken,
        CASE WHEN EXISTS (SELECT 1 FROM consultation_history h WHERE h.consultation_id = c.id AND h.action = 'resolution_broken')
            THEN 1 ELSE 0 END AS resolution_broken
    FROM consultation c;

CREATE VIEW bi_step AS
    SELECT h.consultation_id, h.version, h.at, h.action, h.actor_kind,
        CASE WHEN h.actor_kind = 'operator' THEN h.actor_id END AS operator_id, h.queue_id
    FROM consultation_history h;

CREATE VIEW bi_participant AS
    SELECT p.consultation_id, p.operator_id, p.role, p.joined_at, p.left_at
    FROM participant p;

CREATE VIEW bi_call AS
    SELECT c.id AS call_id, c.consultation_id, c.conversation_id, c.patient_id, o.id AS operator_id, c.caller_side, c.kind, c.state, c.outcome,
        c.started_at, c.answered_at, c.ended_at, c.billable_ms,
        q.reports AS quality_reports, q.loss_permille, q.jitter_ms, q.round_trip_ms, q.freezes, q.freeze_ms
    FROM call c
    LEFT JOIN operator o ON o.user_id = CASE WHEN c.caller_side = 'staff' THEN c.caller_user ELSE c.answered_user END
    LEFT JOIN (
        SELECT call_id, count(*) AS reports,
            CAST(sum(loss_permille) AS BIGINT) / count(*) AS loss_permille,
            CAST(sum(jitter_ms) AS BIGINT) / count(*) AS jitter_ms,
            CAST(sum(round_trip_ms) AS BIGINT) / count(*) AS round_trip_ms,
            CAST(sum(freezes) AS BIGINT) AS freezes,
            CAST(sum(freeze_ms) AS BIGINT) AS freeze_ms
        FROM call_quality GROUP BY call_id
    ) q ON q.call_id = c.id;

CREATE VIEW bi_callback AS
    SELECT b.id AS callback_id, b.conversation_id, b.patient_id, b.queue_id, b.operator_id, b.source, b.phase, b.requested_at, b.window_start, b.window_end,
        b.due_at, b.overdue_since, b.again_at, b.attempts, b.taken_at, b.means, b.call_id, b.outcome, b.ending, b.ended_at
    FROM callback b;

CREATE VIEW bi_rating AS
    SELECT r.consultation_id, r.stars, r.rated_at
    FROM rating r;

CREATE VIEW bi_operator_status AS
    SELECT s.operator_id, s.status, s.kind, s.since, s.until,
        COALESCE(s.on_duty, CASE WHEN s.status IN ('online', 'transfer_only', 'going_off') THEN 1 ELSE 0 END) AS on_duty
    FROM operator_status s;
