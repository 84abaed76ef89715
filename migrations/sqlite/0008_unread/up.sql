-- What the badge counts: without it all that somebody was ever told is looked through.
CREATE INDEX notifications_state ON notifications (user_id, read_at);
