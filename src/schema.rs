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
        email_verified_at -> Nullable<Timestamp>,
        phone -> Text,
        birthday -> Nullable<Date>,
        gender -> Text,
        banned_at -> Nullable<Timestamp>,
        banned_until -> Nullable<Timestamp>,
        ban_reason -> Text,
        delete_at -> Nullable<Timestamp>,
        quiet_mails -> Text,
        invite_id -> Nullable<BigInt>,
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
        id -> BigInt,
        seen_at -> Nullable<Timestamp>,
        confirmed_at -> Nullable<Timestamp>,
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

diesel::table! {
    devices (user_id, device_hash) {
        user_id -> BigInt,
        device_hash -> Text,
        created_at -> Timestamp,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    mails (id) {
        id -> BigInt,
        user_id -> Nullable<BigInt>,
        recipient -> Text,
        kind -> Text,
        language -> Text,
        state -> Text,
        sealed -> Text,
        error -> Text,
        attempts -> Integer,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    email_codes (user_id, purpose) {
        user_id -> BigInt,
        purpose -> Text,
        email -> Text,
        code_hash -> Text,
        tries -> Integer,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    reset_links (token_hash) {
        token_hash -> Text,
        user_id -> BigInt,
        email -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    challenges (id_hash) {
        id_hash -> Text,
        kind -> Text,
        user_id -> Nullable<BigInt>,
        data -> Text,
        tries -> Integer,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    second_factors (user_id) {
        user_id -> BigInt,
        secret -> Text,
        on_at -> Nullable<Timestamp>,
        last_step -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (user_id, code_hash) {
        user_id -> BigInt,
        code_hash -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    identities (id) {
        id -> BigInt,
        user_id -> BigInt,
        provider -> Text,
        subject -> Text,
        email -> Text,
        created_at -> Timestamp,
        used_at -> Timestamp,
    }
}

diesel::table! {
    security_events (id) {
        id -> BigInt,
        user_id -> BigInt,
        kind -> Text,
        detail -> Text,
        user_agent -> Text,
        address -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    invites (id) {
        id -> BigInt,
        code -> Text,
        maker_id -> BigInt,
        note -> Text,
        uses -> Integer,
        most_uses -> Integer,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    applications (id) {
        id -> BigInt,
        username -> Text,
        username_key -> Nullable<Text>,
        email -> Text,
        email_key -> Text,
        password_hash -> Text,
        description -> Text,
        reason -> Text,
        language -> Text,
        state -> Text,
        answer -> Text,
        created_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit_log (id) {
        id -> BigInt,
        actor_id -> Nullable<BigInt>,
        actor -> Text,
        action -> Text,
        target_id -> Nullable<BigInt>,
        target -> Text,
        detail -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    exports (id) {
        id -> BigInt,
        user_id -> BigInt,
        state -> Text,
        done -> BigInt,
        total -> BigInt,
        bytes -> BigInt,
        object_key -> Text,
        error -> Text,
        created_at -> Timestamp,
        ready_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    imports (id) {
        id -> BigInt,
        user_id -> BigInt,
        state -> Text,
        dry_run -> Bool,
        done -> BigInt,
        total -> BigInt,
        object_key -> Text,
        file_name -> Text,
        error -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    import_items (import_id, position) {
        import_id -> BigInt,
        position -> BigInt,
        kind -> Text,
        source -> Text,
        title -> Text,
        state -> Text,
        detail -> Text,
        made_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    imported (user_id, kind, source) {
        user_id -> BigInt,
        kind -> Text,
        source -> Text,
        made_id -> BigInt,
    }
}

diesel::joinable!(mails -> users (user_id));
diesel::joinable!(identities -> users (user_id));
diesel::joinable!(invites -> users (maker_id));
diesel::joinable!(exports -> users (user_id));
diesel::joinable!(imports -> users (user_id));
diesel::joinable!(import_items -> imports (import_id));
diesel::joinable!(reset_links -> users (user_id));
diesel::joinable!(challenges -> users (user_id));
diesel::joinable!(second_factors -> users (user_id));
diesel::joinable!(security_events -> users (user_id));
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
    devices,
    mails,
    email_codes,
    reset_links,
    challenges,
    second_factors,
    recovery_codes,
    identities,
    security_events,
    invites,
    applications,
    audit_log,
    exports,
    imports,
    import_items,
    imported,
);
