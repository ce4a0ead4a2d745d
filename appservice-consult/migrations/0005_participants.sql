-- Colleagues of the lead: who asked them in. Null for a lead, who took the consultation himself.
ALTER TABLE participant ADD COLUMN invited_by TEXT REFERENCES operator (id);
