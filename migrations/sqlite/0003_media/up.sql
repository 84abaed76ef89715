CREATE TABLE images (
    id INTEGER NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    group_name TEXT NOT NULL,
    uuid TEXT NOT NULL CONSTRAINT images_uuid UNIQUE,
    original_key TEXT NOT NULL,
    file_name TEXT NOT NULL,
    format TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    original_bytes BIGINT NOT NULL,
    variant_bytes BIGINT NOT NULL,
    largest TEXT NOT NULL,
    placeholder TEXT NOT NULL,
    colour TEXT NOT NULL,
    state TEXT NOT NULL,
    failure TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX images_user ON images (user_id);
CREATE INDEX images_state ON images (state, created_at);

ALTER TABLE users ADD COLUMN avatar_id BIGINT REFERENCES images (id) ON DELETE SET NULL;
CREATE INDEX users_avatar ON users (avatar_id);

-- The ledger: every object is written down here before it is put into the store, and struck out after it is gone from it.
-- No foreign key: a row must outlive its image until the object is deleted.
CREATE TABLE objects (
    key TEXT NOT NULL PRIMARY KEY,
    image_id BIGINT NOT NULL,
    state TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX objects_image ON objects (image_id);
CREATE INDEX objects_state ON objects (state, created_at);
