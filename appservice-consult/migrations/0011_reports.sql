-- Reports find what was due, who was on duty and who was in a consultation by time.
CREATE INDEX callback_due ON callback (due_at);
CREATE INDEX operator_status_by_end ON operator_status (until, since);
CREATE INDEX participant_by_leaving ON participant (left_at, joined_at, operator_id, consultation_id, role);
