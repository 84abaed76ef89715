DROP TABLE post_tags;
DROP TABLE likes;
DROP TABLE post_photos;
DROP TABLE posts;
