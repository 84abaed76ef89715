DROP INDEX notifications_state;
