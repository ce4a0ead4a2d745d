-- Files that are sent with a canned reply: those that the desk keeps, as they are shown (JSON).
ALTER TABLE canned ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
