-- What a desk has after a year, in the service's own tables. `size` says how much; every value follows from a row's number, so each run gets the same desk.
-- Patients are there already: their cards are sealed.

INSERT INTO operator (id, user_id, name, role, status, status_since, capacity, created_at)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n, size WHERE i + 1 < staff)
SELECT printf('operator-%04d', i), printf('@staff%d:clinic.test', i), printf('Colleague %d', i),
    CASE WHEN i < supervisors THEN 'supervisor' ELSE 'operator' END, 'offline', began, 4, began
FROM n, size;

INSERT INTO operator_queue (operator_id, queue_id)
SELECT id, column1 FROM operator, (VALUES ('therapist'), ('paediatrician'), ('psychologist')) WHERE id LIKE 'operator-%';

-- Everybody works eight hours of each day, a third of the staff at a time.
CREATE TEMP TABLE shift AS
WITH RECURSIVE day(d) AS (SELECT 0 UNION ALL SELECT d + 1 FROM day WHERE d < 364)
SELECT id AS operator, d, began + d * 86400000 + (CAST(substr(id, 10) AS INTEGER) % 3) * 28800000 AS starts
FROM operator, day, size WHERE id LIKE 'operator-%';
INSERT INTO operator_status (id, operator_id, status, since, until)
SELECT printf('on-%s-%d', operator, d), operator, 'online', starts, starts + 28800000 FROM shift;
INSERT INTO operator_status (id, operator_id, status, since, until)
SELECT printf('off-%s-%d', operator, d), operator, 'offline', starts + 28800000, CASE WHEN d < 364 THEN starts + 86400000 END FROM shift;

-- A fifth of the patients talks with the psychologist, the others with the doctors.
INSERT INTO conversation (id, patient_id, circle, room_id, created_at)
SELECT 'conversation-' || substr(id, 9), id, CASE WHEN CAST(substr(id, 9) AS INTEGER) % 5 = 1 THEN 'mind' ELSE 'general' END,
    '!filled-' || substr(id, 9) || ':clinic.test', created_at
FROM patient;

-- One row for each consultation: whose it is, who leads it, where it stands, its times. 7919 is a prime: of as many consultations as there are patients in a row
-- each is another patient's, so that nobody has two that are open.
CREATE TEMP TABLE talk AS
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n, size WHERE i + 1 < consultations),
placed AS (
    SELECT i, (i * 7919) % patients AS p, supervisors + i % (staff - supervisors) AS colleague, began + i * each_ms AS asked,
        CASE WHEN i < consultations - still_open THEN CASE i % 50 WHEN 0 THEN 'cancelled' WHEN 1 THEN 'abandoned' ELSE 'archived' END
            ELSE CASE i % 10 WHEN 0 THEN 'queued' WHEN 8 THEN 'on_hold' WHEN 9 THEN 'on_hold' ELSE 'active' END END AS phase
    FROM n, size
),
timed AS (SELECT *, asked + 10000 + (i % 20) * 1000 AS taken FROM placed)
SELECT i, printf('c-%09d', i) AS id, printf('patient-%06d', p) AS patient, printf('conversation-%06d', p) AS conversation,
    printf('@filled%d:clinic.test', p) AS account, asked, phase,
    CASE WHEN p % 5 = 1 THEN 'psychologist' WHEN i % 3 = 0 THEN 'paediatrician' ELSE 'therapist' END AS queue,
    CASE phase WHEN 'queued' THEN 0 WHEN 'active' THEN 1 WHEN 'on_hold' THEN 2 ELSE 3 END AS stage,
    CASE WHEN phase IN ('active', 'on_hold', 'archived') THEN taken END AS taken,
    CASE WHEN phase IN ('active', 'on_hold', 'archived') THEN printf('operator-%04d', colleague) END AS lead,
    CASE WHEN phase IN ('active', 'on_hold', 'archived') THEN printf('@staff%d:clinic.test', colleague) END AS colleague,
    CASE phase WHEN 'archived' THEN taken + 600000 + (i % 1200) * 1000 WHEN 'cancelled' THEN taken WHEN 'abandoned' THEN taken END AS ended
FROM timed;

INSERT INTO consultation (id, version, conversation_id, patient_id, request_id, queue_id, phase, stage, phase_since, priority, queue_order, requested_at,
    taken_at, first_taken_at, first_answer_at, ended_at, lead_id, message_count, last_message_at, language,
    sealed_sequence, sealed_at, sealed_messages, sealed_files, concluded, retention_class, erase_due_at)
SELECT id, 3, conversation, patient, 'request-' || i, queue, phase, stage, coalesce(ended, taken, asked), 0,
    CASE queue WHEN 'paediatrician' THEN -60 ELSE -50 END, asked, taken, taken, taken, ended, lead, 8, coalesce(ended, taken, asked),
    CASE i % 4 WHEN 0 THEN 'en' ELSE 'ru' END,
    CASE phase WHEN 'archived' THEN i + 1 END, CASE phase WHEN 'archived' THEN ended + 2000 END,
    CASE phase WHEN 'archived' THEN 8 ELSE 0 END, CASE phase WHEN 'archived' THEN i % 3 ELSE 0 END, phase = 'archived' AND i % 3 = 1,
    CASE WHEN phase = 'archived' THEN CASE queue WHEN 'paediatrician' THEN 'minor' WHEN 'psychologist' THEN 'talk' ELSE 'standard' END END,
    CASE WHEN phase = 'archived' THEN ended + 5 * 31557600000 END
FROM talk;

INSERT INTO participant (consultation_id, operator_id, version, role, joined_at, left_at, sealed_sequence)
SELECT id, lead, 2, 'lead', taken, ended, CASE phase WHEN 'archived' THEN i + 1 END FROM talk WHERE lead IS NOT NULL;

INSERT INTO consultation_history (consultation_id, version, at, actor_kind, actor_id, action)
SELECT id, 1, asked, 'patient', patient, 'requested' FROM talk;
INSERT INTO consultation_history (consultation_id, version, at, actor_kind, actor_id, action)
SELECT id, 2, coalesce(taken, ended), CASE phase WHEN 'cancelled' THEN 'patient' WHEN 'abandoned' THEN 'system' ELSE 'operator' END,
    CASE phase WHEN 'cancelled' THEN patient ELSE lead END, CASE WHEN lead IS NULL THEN phase ELSE 'taken' END
FROM talk WHERE stage > 0;
INSERT INTO consultation_history (consultation_id, version, at, actor_kind, actor_id, action)
SELECT id, 3, coalesce(ended, taken + 1000), 'operator', lead, CASE phase WHEN 'archived' THEN 'closed' ELSE 'held' END
FROM talk WHERE phase IN ('archived', 'on_hold');

DELETE FROM consultation_count;
INSERT INTO consultation_count (queue_id, stage, lead_id, n)
SELECT queue, stage, coalesce(lead, ''), count(*) FROM talk GROUP BY 1, 2, 3;
INSERT INTO consultation_count (queue_id, stage, lead_id, n)
SELECT queue, 4, coalesce(lead, ''), count(*) FROM talk WHERE phase = 'archived' GROUP BY 1, 3;

UPDATE patient SET (consultations, last_consultation_at) =
    (SELECT count(*), coalesce(max(requested_at), 0) FROM consultation WHERE patient_id = patient.id);

-- Three entries for each consultation, in the order of time as far as one consultation goes.
-- The chain is append-only; the service puts its guard back when it starts.
DROP TRIGGER IF EXISTS audit_stays;
DELETE FROM audit;
INSERT INTO audit (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
SELECT 3 * i + 1, asked, account, 'patient', 'consultation.requested', 'consultation', id, '{}', printf('%064x', 3 * i + 1) FROM talk;
INSERT INTO audit (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
SELECT 3 * i + 2, coalesce(taken, asked), coalesce(colleague, account), CASE WHEN lead IS NULL THEN 'patient' ELSE 'operator' END,
    CASE WHEN lead IS NULL THEN 'consultation.' || phase ELSE 'consultation.taken' END, 'consultation', id, '{}', printf('%064x', 3 * i + 2)
FROM talk;
INSERT INTO audit (sequence, at, actor, role, action, subject_kind, subject_id, detail, hash)
SELECT 3 * i + 3, coalesce(ended, asked), coalesce(colleague, '@staff0:clinic.test'), 'operator',
    CASE phase WHEN 'archived' THEN 'consultation.closed' ELSE 'patient.read' END,
    CASE phase WHEN 'archived' THEN 'consultation' ELSE 'patient' END, CASE phase WHEN 'archived' THEN id ELSE patient END,
    '{}', printf('%064x', 3 * i + 3)
FROM talk;
INSERT OR REPLACE INTO counter (name, value) SELECT 'audit', 3 * consultations FROM size;

-- Every twentieth was a call too, every fourth was rated, every fifth has a tag.
INSERT INTO call (id, version, media_room, room_id, conversation_id, consultation_id, patient_id, caller_side, caller_user, is_adopted, kind,
    state, outcome, started_at, ring_until, answered_at, ended_at, billable_ms, sealed_sequence)
SELECT printf('call-%09d', i), 3, 'filled-' || i, '!filled-' || substr(patient, 9) || ':clinic.test', conversation, id, patient, 'staff', colleague, 0,
    'video', 'ended', CASE WHEN i % 40 = 2 THEN 'completed' ELSE 'missed' END, taken + 60000, taken + 120000,
    CASE WHEN i % 40 = 2 THEN taken + 70000 END, taken + 370000, CASE WHEN i % 40 = 2 THEN 300000 ELSE 0 END, i + 1
FROM talk WHERE i % 20 = 2 AND phase = 'archived';

INSERT INTO rating (consultation_id, patient_id, stars, rated_at)
SELECT id, patient, 1 + i % 5, ended + 60000 FROM talk WHERE i % 4 = 3 AND phase = 'archived';

INSERT INTO tag (id, version, names, color, changed_at, changed_by)
SELECT 'tag-' || column1, 1, printf('{"ru":"Метка %d","en":"Tag %d"}', column1, column1), 'info', began, 'operator-0000'
FROM (VALUES (0), (1), (2), (3), (4)), size;
INSERT INTO consultation_tag (consultation_id, tag_id, at, by_id)
SELECT id, 'tag-' || (i / 5 % 5), taken, lead FROM talk WHERE i % 5 = 2 AND lead IS NOT NULL;

-- Every third has a conclusion, every twentieth something that somebody comes back to: most of it done, the rest its service's or its lead's.
INSERT INTO conclusion (consultation_id, patient_id, number, signed_version, signed_at, draft_version, draft_by, draft_at)
SELECT id, patient, i + 1, 1, ended, 2, lead, ended FROM talk WHERE i % 3 = 1 AND phase = 'archived';
INSERT INTO conclusion_version (consultation_id, version, signed_at, signed_by, method, signature, hash, content)
SELECT id, 1, ended, lead, 'simple', x'', printf('%064x', i), x'00' FROM talk WHERE i % 3 = 1 AND phase = 'archived';

INSERT INTO follow_up (id, version, patient_id, consultation_id, queue_id, operator_id, request_id, created_at, created_by, stage, due_at, due_since, ended_at, ended_by)
SELECT printf('f-%09d', i), 2, patient, id, queue, CASE i / 20 % 2 WHEN 0 THEN lead END, 'follow-up-' || i, ended, lead,
    CASE i % 400 WHEN 7 THEN 0 ELSE 1 END, ended + 604800000, CASE i % 800 WHEN 7 THEN NULL ELSE ended + 604800000 END,
    CASE i % 400 WHEN 7 THEN NULL ELSE ended + 604900000 END, CASE i % 400 WHEN 7 THEN NULL ELSE lead END
FROM talk WHERE i % 20 = 7 AND phase = 'archived';
