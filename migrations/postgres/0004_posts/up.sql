CREATE TABLE posts (
    id BIGINT NOT NULL PRIMARY KEY,
    author_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    caption TEXT NOT NULL,
    -- The @names in the caption that belonged to somebody when it was written: lower case, space between.
    mentions TEXT NOT NULL,
    like_count BIGINT NOT NULL,
    photo_count INTEGER NOT NULL,
    post_key TEXT,
    created_at TIMESTAMP NOT NULL,
    edited_at TIMESTAMP,
    CONSTRAINT posts_post_key UNIQUE (author_id, post_key)
);
CREATE INDEX posts_author ON posts (author_id, id);

CREATE TABLE post_photos (
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    image_id BIGINT NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    alt TEXT NOT NULL,
    PRIMARY KEY (post_id, position)
);
CREATE INDEX post_photos_image ON post_photos (image_id);

CREATE TABLE likes (
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Time-ordered: pages the list of who liked.
    id BIGINT NOT NULL,
    PRIMARY KEY (post_id, user_id)
);
-- PostgreSQL evaluates EXISTS (… user_id = me) as a hashed subplan: without this index it reads the whole table.
CREATE INDEX likes_user ON likes (user_id, post_id);
CREATE INDEX likes_order ON likes (post_id, id);

CREATE TABLE post_tags (
    tag TEXT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, post_id)
);
CREATE INDEX post_tags_post ON post_tags (post_id);
