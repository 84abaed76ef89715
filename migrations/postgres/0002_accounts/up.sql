CREATE TABLE users (
    id BIGINT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    email TEXT NOT NULL,
    -- Lower case: two spellings of one address are one address.
    email_key TEXT NOT NULL CONSTRAINT users_email_key UNIQUE,
    password_hash TEXT NOT NULL,
    description TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT,
    appearance TEXT,
    post_count BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- Every name anybody has or had, in lower case: names are unique whatever their case, and an old one stays its owner's.
CREATE TABLE usernames (
    name TEXT NOT NULL CONSTRAINT usernames_name PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX usernames_user ON usernames (user_id);

CREATE TABLE sessions (
    -- SHA-256 of the random id in the cookie, in hex: a stolen table opens nothing.
    id_hash TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    renewed_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
