-- What the job is about (a picture's id, say); its kind says in which table. No foreign key: it may be gone when the job runs.
ALTER TABLE jobs ADD COLUMN subject BIGINT;
-- Somebody wants it stopped: its worker obeys, wherever it runs.
ALTER TABLE jobs ADD COLUMN cancelled_at TIMESTAMP;
-- Since when it is in its state.
ALTER TABLE jobs ADD COLUMN since TIMESTAMP NOT NULL DEFAULT '1970-01-01 00:00:00';
UPDATE jobs SET since = created_at;

-- The next job is found kind by kind: a kind that may not run now costs nothing, however many of it wait.
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (state, kind, run_at, id);
CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_subject ON jobs (subject);
