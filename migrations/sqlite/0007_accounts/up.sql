-- When the address was proven; only then does it belong to this account alone.
ALTER TABLE users ADD COLUMN email_verified_at TIMESTAMP;
ALTER TABLE users ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN birthday DATE;
ALTER TABLE users ADD COLUMN gender TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN banned_at TIMESTAMP;
-- Without an end: for good.
ALTER TABLE users ADD COLUMN banned_until TIMESTAMP;
ALTER TABLE users ADD COLUMN ban_reason TEXT NOT NULL DEFAULT '';
-- When everything of this account goes, unless its owner signs in before.
ALTER TABLE users ADD COLUMN delete_at TIMESTAMP;
-- Kinds of mails that are switched off, space between.
ALTER TABLE users ADD COLUMN quiet_mails TEXT NOT NULL DEFAULT '';
CREATE INDEX users_delete_at ON users (delete_at) WHERE delete_at IS NOT NULL;
CREATE INDEX users_banned ON users (banned_at) WHERE banned_at IS NOT NULL;
-- Administrators are few, and asked for by name.
CREATE INDEX users_role ON users (role, id);
-- What a list of sessions shows, and a number to end one by.
ALTER TABLE sessions ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN seen_at TIMESTAMP;
-- When its owner last proved who they are.
ALTER TABLE sessions ADD COLUMN confirmed_at TIMESTAMP;
UPDATE sessions SET id = rowid, seen_at = renewed_at;
CREATE UNIQUE INDEX sessions_id ON sessions (id);

-- Browsers that somebody signed in with: a cookie's random id, hashed.
CREATE TABLE devices (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, device_hash)
) WITHOUT ROWID;

-- Every mail: what an administrator may know of it, and what it says, sealed until it is sent.
CREATE TABLE mails (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP
);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_user ON mails (user_id);

-- One-time codes: to prove an address, the present one or the next.
CREATE TABLE email_codes (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- 'verify' or 'change'.
    purpose TEXT NOT NULL,
    email TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    PRIMARY KEY (user_id, purpose)
) WITHOUT ROWID;

CREATE TABLE reset_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- The address it was mailed to: following it proves that one. Empty when it was made on the server.
    email TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX reset_links_user ON reset_links (user_id);

-- What is under way in one browser between two requests: a sign-in that lacks its second factor, a round trip to a provider.
CREATE TABLE challenges (
    id_hash TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id) ON DELETE CASCADE,
    -- Sealed where it holds a secret.
    data TEXT NOT NULL,
    tries INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX challenges_user ON challenges (user_id);
CREATE INDEX challenges_expiry ON challenges (expires_at);

CREATE TABLE second_factors (
    user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    -- Sealed.
    secret TEXT NOT NULL,
    -- Nothing until a code has proven it.
    on_at TIMESTAMP,
    -- The time step of the last code taken: none is taken twice.
    last_step BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE recovery_codes (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (user_id, code_hash)
) WITHOUT ROWID;

-- Accounts elsewhere by which somebody signs in here.
CREATE TABLE identities (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    email TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP NOT NULL,
    CONSTRAINT identities_subject UNIQUE (provider, subject)
);
CREATE INDEX identities_user ON identities (user_id);

-- What happened to an account, for its owner.
CREATE TABLE security_events (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX security_events_user ON security_events (user_id, id);
CREATE INDEX security_events_age ON security_events (created_at);

CREATE TABLE invites (
    id INTEGER NOT NULL PRIMARY KEY,
    code TEXT NOT NULL CONSTRAINT invites_code UNIQUE,
    maker_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    note TEXT NOT NULL,
    uses INTEGER NOT NULL,
    most_uses INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    revoked_at TIMESTAMP
);
CREATE INDEX invites_maker ON invites (maker_id, id);

-- Who would like to join, where administrators decide. Not yet an account; the name is kept for them meanwhile.
CREATE TABLE applications (
    id INTEGER NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    -- Empty once it is refused: the name is free again.
    username_key TEXT CONSTRAINT applications_username UNIQUE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    description TEXT NOT NULL,
    reason TEXT NOT NULL,
    language TEXT NOT NULL,
    -- 'waiting' or 'refused'; an approved one has become an account.
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP
);
CREATE INDEX applications_state ON applications (state, id);
CREATE INDEX applications_email ON applications (email_key);

-- What administrators did. Names are kept as they were: the log outlives accounts.
CREATE TABLE audit_log (
    id INTEGER NOT NULL PRIMARY KEY,
    actor_id BIGINT,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target_id BIGINT,
    target TEXT NOT NULL,
    detail TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX audit_log_target ON audit_log (target_id, id);
CREATE INDEX audit_log_actor ON audit_log (actor_id, id);

-- A copy of all that is somebody's, as a file for them alone.
CREATE TABLE exports (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    object_key TEXT NOT NULL,
    error TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ready_at TIMESTAMP,
    expires_at TIMESTAMP
);
CREATE INDEX exports_user ON exports (user_id, id);
CREATE INDEX exports_expiry ON exports (expires_at);

CREATE TABLE imports (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    dry_run BOOLEAN NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    object_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    error TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);
CREATE INDEX imports_user ON imports (user_id, id);
-- The receipt: what became of each thing in the file.
CREATE TABLE import_items (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    -- 'post' or 'comment'.
    kind TEXT NOT NULL,
    -- Its id where it came from.
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    made_id BIGINT,
    PRIMARY KEY (import_id, position)
) WITHOUT ROWID;
-- What came from where: a second import makes nothing twice.
CREATE TABLE imported (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    made_id BIGINT NOT NULL,
    PRIMARY KEY (user_id, kind, source)
) WITHOUT ROWID;

-- What the badge of notifications counts: without it all that somebody was ever told is looked through.
CREATE INDEX notifications_state ON notifications (user_id, read_at);
