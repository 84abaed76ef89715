-- People: who follows whom, who may not see whom, and what each sees.
ALTER TABLE users ADD COLUMN private BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE users ADD COLUMN follower_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN following_count BIGINT NOT NULL DEFAULT 0;
-- The newest post of theirs, or one that was: where the home feed begins to look.
ALTER TABLE users ADD COLUMN last_post_id BIGINT NOT NULL DEFAULT 0;
-- Kinds of notifications that are switched off, space between.
ALTER TABLE users ADD COLUMN quiet_kinds TEXT NOT NULL DEFAULT '';
-- Whether feeds wait for a click instead of loading on.
ALTER TABLE users ADD COLUMN paging BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE users SET last_post_id = COALESCE((SELECT MAX(posts.id) FROM posts WHERE posts.author_id = users.id), 0);

-- Whom many follow: suggested to those who follow few.
CREATE INDEX users_popular ON users (follower_count, id);

CREATE TABLE follows (
    follower_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    followee_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- Time-ordered: pages the lists.
    id BIGINT NOT NULL,
    PRIMARY KEY (follower_id, followee_id)
);
CREATE INDEX follows_followers ON follows (followee_id, id);
CREATE INDEX follows_following ON follows (follower_id, id);

CREATE TABLE follow_requests (
    follower_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    followee_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    PRIMARY KEY (follower_id, followee_id)
);
CREATE INDEX follow_requests_to ON follow_requests (followee_id, id);

CREATE TABLE blocks (
    blocker_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    blocked_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX blocks_blocked ON blocks (blocked_id, blocker_id);

CREATE TABLE mutes (
    muter_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    muted_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    PRIMARY KEY (muter_id, muted_id)
);
CREATE INDEX mutes_muted ON mutes (muted_id);

-- Whom somebody does not want to be suggested any more.
CREATE TABLE dismissals (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    dismissed_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, dismissed_id)
);
CREATE INDEX dismissals_dismissed ON dismissals (dismissed_id);

-- Posts: for whom, and in which state.
ALTER TABLE posts ADD COLUMN comment_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN view_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posts ADD COLUMN followers_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posts ADD COLUMN comments_off BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posts ADD COLUMN archived_at TIMESTAMP;
-- Set for the seconds in which a deletion can be undone; then the row goes.
ALTER TABLE posts ADD COLUMN deleted_at TIMESTAMP;
ALTER TABLE posts ADD COLUMN pinned_at TIMESTAMP;
-- Anyone may see it: not for followers only, its author is not private, not archived, not deleted. Kept true by whoever changes
-- one of these.
ALTER TABLE posts ADD COLUMN is_open BOOLEAN NOT NULL DEFAULT TRUE;
-- Days since 1970 in UTC: what was liked most is looked up day by day.
ALTER TABLE posts ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
UPDATE posts SET day = CAST(FLOOR(EXTRACT(EPOCH FROM created_at) / 86400) AS INTEGER);
CREATE INDEX posts_open ON posts (is_open, id);
CREATE INDEX posts_top ON posts (is_open, day, like_count, id);
CREATE INDEX posts_pinned ON posts (author_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE INDEX posts_archived ON posts (author_id, id) WHERE archived_at IS NOT NULL;
CREATE INDEX posts_deleted ON posts (deleted_at) WHERE deleted_at IS NOT NULL;

-- What a photo's file says of itself: for its owner, until they share it.
ALTER TABLE images ADD COLUMN camera TEXT;
ALTER TABLE images ADD COLUMN taken_at TIMESTAMP;
-- Degrees, north and east, as "37.5665,126.9780".
ALTER TABLE images ADD COLUMN place TEXT;
-- The same, of a photo in a post, as far as its author chose to share it.
ALTER TABLE post_photos ADD COLUMN camera TEXT;
ALTER TABLE post_photos ADD COLUMN taken_at TIMESTAMP;
ALTER TABLE post_photos ADD COLUMN place TEXT;

CREATE TABLE saves (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    PRIMARY KEY (user_id, post_id)
);
CREATE INDEX saves_order ON saves (user_id, id);
CREATE INDEX saves_post ON saves (post_id);

-- Who has been counted as a viewer within which hour (hours since 1970). `viewer` is a person's id, or a keyed hash of a stranger's
-- address. No foreign keys: rows are thrown away after two hours.
CREATE TABLE post_views (
    hour BIGINT NOT NULL,
    post_id BIGINT NOT NULL,
    viewer TEXT NOT NULL,
    PRIMARY KEY (hour, post_id, viewer)
);

-- Comments and, with a parent, replies: one level.
CREATE TABLE comments (
    id BIGINT NOT NULL PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    parent_id BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    -- As in posts: the @names that belonged to somebody.
    mentions TEXT NOT NULL,
    -- Likes of a reply, reactions to a comment.
    like_count BIGINT NOT NULL DEFAULT 0,
    reply_count BIGINT NOT NULL DEFAULT 0,
    -- Makes a retried request harmless, as in posts.
    comment_key TEXT,
    created_at TIMESTAMP NOT NULL,
    -- A deleted comment that has replies stays as a stub without words.
    deleted_at TIMESTAMP,
    CONSTRAINT comments_comment_key UNIQUE (author_id, comment_key)
);
CREATE INDEX comments_newest ON comments (post_id, parent_id, id);
CREATE INDEX comments_most_liked ON comments (post_id, parent_id, like_count, id);
CREATE INDEX comments_replies ON comments (parent_id, id);
CREATE INDEX comments_author ON comments (author_id, id);

-- A comment takes one of each emoji from each person; a reply takes a heart.
CREATE TABLE reactions (
    comment_id BIGINT NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    PRIMARY KEY (comment_id, emoji, user_id)
);
CREATE INDEX reactions_user ON reactions (user_id, comment_id);

-- One row for what a list shows as one: "Mina and 11 others liked your post".
CREATE TABLE notifications (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    -- Kind, post and comment in one word: what belongs together.
    group_key TEXT NOT NULL,
    post_id BIGINT REFERENCES posts (id) ON DELETE CASCADE,
    comment_id BIGINT REFERENCES comments (id) ON DELETE CASCADE,
    actor_count BIGINT NOT NULL,
    -- Time-ordered, of the newest that happened: the order of the list.
    latest BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    read_at TIMESTAMP
);
CREATE INDEX notifications_list ON notifications (user_id, latest);
-- One unread row of a kind and a thing: two that happen at once join the same.
CREATE UNIQUE INDEX notifications_unread ON notifications (user_id, group_key) WHERE read_at IS NULL;
CREATE INDEX notifications_group ON notifications (user_id, group_key);
CREATE INDEX notifications_post ON notifications (post_id);
CREATE INDEX notifications_comment ON notifications (comment_id);

CREATE TABLE notification_actors (
    notification_id BIGINT NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    actor_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    id BIGINT NOT NULL,
    PRIMARY KEY (notification_id, actor_id)
);
CREATE INDEX notification_actors_order ON notification_actors (notification_id, id);
CREATE INDEX notification_actors_actor ON notification_actors (actor_id);

-- Names and tags are looked up by their beginnings, as ranges of bytes.
ALTER TABLE usernames ALTER COLUMN name TYPE TEXT COLLATE "C";
ALTER TABLE post_tags ALTER COLUMN tag TYPE TEXT COLLATE "C";

-- The words of captions, in a table of their own: a trigger keeps it in step, whoever writes a post.
CREATE TABLE post_search (
    post_id BIGINT NOT NULL PRIMARY KEY REFERENCES posts (id) ON DELETE CASCADE,
    words TSVECTOR NOT NULL
);
INSERT INTO post_search (post_id, words) SELECT id, to_tsvector('simple', caption) FROM posts WHERE caption <> '';
CREATE INDEX post_search_words ON post_search USING GIN (words);
CREATE FUNCTION post_search_keep() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.caption = '' THEN
        DELETE FROM post_search WHERE post_id = NEW.id;
    ELSE
        INSERT INTO post_search (post_id, words) VALUES (NEW.id, to_tsvector('simple', NEW.caption))
        ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words;
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER post_search_new AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION post_search_keep();
CREATE TRIGGER post_search_changed AFTER UPDATE OF caption ON posts FOR EACH ROW
    WHEN (OLD.caption IS DISTINCT FROM NEW.caption) EXECUTE FUNCTION post_search_keep();
