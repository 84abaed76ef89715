DROP INDEX jobs_subject;
DROP INDEX jobs_state;
DROP INDEX jobs_due;
CREATE INDEX jobs_due ON jobs (state, priority, run_at);
ALTER TABLE jobs DROP COLUMN since;
ALTER TABLE jobs DROP COLUMN cancelled_at;
ALTER TABLE jobs DROP COLUMN subject;
