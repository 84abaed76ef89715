DROP TABLE objects;
DROP INDEX users_avatar;
ALTER TABLE users DROP COLUMN avatar_id;
DROP TABLE images;
