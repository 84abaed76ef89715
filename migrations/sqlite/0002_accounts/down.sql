DROP TABLE sessions;
DROP TABLE usernames;
DROP TABLE users;
