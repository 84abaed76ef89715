-- By which invite somebody came.
ALTER TABLE users ADD COLUMN invite_id BIGINT REFERENCES invites (id) ON DELETE SET NULL;
CREATE INDEX users_invite ON users (invite_id) WHERE invite_id IS NOT NULL;
