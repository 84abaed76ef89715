//! Every table and column, once, for both databases. A test compares this list with the migrated databases.

diesel::table! {
    nodes (number) {
        number -> BigInt,
        holder -> Text,
        leased_until -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        state -> Text,
        priority -> Integer,
        run_at -> Timestamp,
        attempts -> Integer,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        subject -> Nullable<BigInt>,
        cancelled_at -> Nullable<Timestamp>,
        since -> Timestamp,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        username -> Text,
        email -> Text,
        email_key -> Text,
        password_hash -> Text,
        description -> Text,
        role -> Text,
        language -> Nullable<Text>,
        appearance -> Nullable<Text>,
        post_count -> BigInt,
        created_at -> Timestamp,
        avatar_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    usernames (name) {
        name -> Text,
        user_id -> BigInt,
    }
}

diesel::table! {
    sessions (id_hash) {
        id_hash -> Text,
        user_id -> BigInt,
        user_agent -> Text,
        address -> Text,
        created_at -> Timestamp,
        renewed_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    images (id) {
        id -> BigInt,
        user_id -> BigInt,
        group_name -> Text,
        uuid -> Text,
        original_key -> Text,
        file_name -> Text,
        format -> Text,
        width -> Integer,
        height -> Integer,
        original_bytes -> BigInt,
        variant_bytes -> BigInt,
        largest -> Text,
        placeholder -> Text,
        colour -> Text,
        state -> Text,
        failure -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    objects (key) {
        key -> Text,
        image_id -> BigInt,
        state -> Text,
        bytes -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    posts (id) {
        id -> BigInt,
        author_id -> BigInt,
        caption -> Text,
        mentions -> Text,
        like_count -> BigInt,
        photo_count -> Integer,
        post_key -> Nullable<Text>,
        created_at -> Timestamp,
        edited_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    post_photos (post_id, position) {
        post_id -> BigInt,
        position -> Integer,
        image_id -> BigInt,
        alt -> Text,
    }
}

diesel::table! {
    likes (post_id, user_id) {
        post_id -> BigInt,
        user_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    post_tags (tag, post_id) {
        tag -> Text,
        post_id -> BigInt,
    }
}

diesel::joinable!(usernames -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(users -> images (avatar_id));
diesel::joinable!(posts -> users (author_id));
diesel::joinable!(post_photos -> posts (post_id));
diesel::joinable!(post_photos -> images (image_id));
diesel::joinable!(likes -> posts (post_id));
diesel::joinable!(likes -> users (user_id));
diesel::joinable!(post_tags -> posts (post_id));
diesel::allow_tables_to_appear_in_same_query!(
    nodes,
    jobs,
    users,
    usernames,
    sessions,
    images,
    objects,
    posts,
    post_photos,
    likes,
    post_tags,
);
