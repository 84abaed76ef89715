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
        private -> Bool,
        follower_count -> BigInt,
        following_count -> BigInt,
        last_post_id -> BigInt,
        quiet_kinds -> Text,
        paging -> Bool,
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
        camera -> Nullable<Text>,
        taken_at -> Nullable<Timestamp>,
        place -> Nullable<Text>,
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
        comment_count -> BigInt,
        view_count -> BigInt,
        followers_only -> Bool,
        comments_off -> Bool,
        archived_at -> Nullable<Timestamp>,
        deleted_at -> Nullable<Timestamp>,
        pinned_at -> Nullable<Timestamp>,
        is_open -> Bool,
        day -> Integer,
    }
}

diesel::table! {
    post_photos (post_id, position) {
        post_id -> BigInt,
        position -> Integer,
        image_id -> BigInt,
        alt -> Text,
        camera -> Nullable<Text>,
        taken_at -> Nullable<Timestamp>,
        place -> Nullable<Text>,
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

diesel::table! {
    follows (follower_id, followee_id) {
        follower_id -> BigInt,
        followee_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    follow_requests (follower_id, followee_id) {
        follower_id -> BigInt,
        followee_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    blocks (blocker_id, blocked_id) {
        blocker_id -> BigInt,
        blocked_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    mutes (muter_id, muted_id) {
        muter_id -> BigInt,
        muted_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    dismissals (user_id, dismissed_id) {
        user_id -> BigInt,
        dismissed_id -> BigInt,
    }
}

diesel::table! {
    saves (user_id, post_id) {
        user_id -> BigInt,
        post_id -> BigInt,
        id -> BigInt,
    }
}

diesel::table! {
    post_views (hour, post_id, viewer) {
        hour -> BigInt,
        post_id -> BigInt,
        viewer -> Text,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        post_id -> BigInt,
        author_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        body -> Text,
        mentions -> Text,
        like_count -> BigInt,
        reply_count -> BigInt,
        comment_key -> Nullable<Text>,
        created_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    reactions (comment_id, emoji, user_id) {
        comment_id -> BigInt,
        user_id -> BigInt,
        emoji -> Text,
    }
}

diesel::table! {
    notifications (id) {
        id -> BigInt,
        user_id -> BigInt,
        kind -> Text,
        group_key -> Text,
        post_id -> Nullable<BigInt>,
        comment_id -> Nullable<BigInt>,
        actor_count -> BigInt,
        latest -> BigInt,
        updated_at -> Timestamp,
        read_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    notification_actors (notification_id, actor_id) {
        notification_id -> BigInt,
        actor_id -> BigInt,
        id -> BigInt,
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
diesel::joinable!(saves -> posts (post_id));
diesel::joinable!(comments -> posts (post_id));
diesel::joinable!(comments -> users (author_id));
diesel::joinable!(reactions -> comments (comment_id));
diesel::joinable!(reactions -> users (user_id));
diesel::joinable!(notifications -> posts (post_id));
diesel::joinable!(notification_actors -> notifications (notification_id));
diesel::joinable!(notification_actors -> users (actor_id));
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
    follows,
    follow_requests,
    blocks,
    mutes,
    dismissals,
    saves,
    post_views,
    comments,
    reactions,
    notifications,
    notification_actors,
);
