//! Conversations: said once, counted right, seen by those who may see the post.

use crate::support::{Browser, TestApp, site, words};
use chrono::TimeDelta;
use futures_util::future::join_all;
use picstargram::posts::PostId;
use picstargram::urls;

/// Says it without script and returns the new comment's id.
async fn say(app: &TestApp, who: &Browser, post: PostId, body: &str, parent: Option<i64>) -> i64 {
    let parent_text = parent.map(|id| id.to_string()).unwrap_or_default();
    let answer = who.post(urls::post_comments(post), &[("body", body), ("parent_id", &parent_text)]).await.assert_status(303);
    let id = newest(app).await;
    assert_eq!(answer.leads_to(), urls::comment(post, id));
    id
}

async fn newest(app: &TestApp) -> i64 {
    app.number("SELECT max(id) FROM comments").await
}

async fn count(app: &TestApp, post: PostId) -> i64 {
    app.number(format!("SELECT comment_count FROM posts WHERE id = {post}")).await
}

/// What one was told: kind and whether it is about a comment.
async fn told(app: &TestApp, name: &str) -> Vec<String> {
    let id = app.id_of(name).await;
    app.texts(format!("SELECT kind FROM notifications WHERE user_id = {id} ORDER BY id")).await
}

/// The conversation as a page shows it: who said what.
fn conversation(page: &crate::support::Page) -> Vec<String> {
    page.texts(".comment .comment-words > p:first-child")
}

#[test]
fn what_one_says_stands_there_at_once_and_is_counted_wherever_the_post_is() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let page = mina.visit(urls::post(post)).await;
        assert!(page.says("comments-none"));
        let key = page.value("comment_key");

        // As htmx sends it.
        let fields = [("body", " Lovely\r\nlight "), ("comment_key", key.as_str()), ("parent_id", "")];
        let fragment = mina.htmx().post(urls::post_comments(post), &fields).await.assert_ok();
        assert_eq!(conversation(&fragment), ["mina Lovely light"]);
        assert_eq!(fragment.text(&format!(".comments-of-{post}")), "1");
        assert!(fragment.says("comment-added") && fragment.html().contains(&words("comments-title", &[("count", 1)])));
        assert_eq!(fragment.text("#say textarea"), "", "the form is empty again");
        assert_ne!(fragment.value("comment_key"), key);
        // The same request once more is the same comment.
        mina.htmx().post(urls::post_comments(post), &fields).await.assert_ok();
        assert_eq!((app.rows_in("comments").await, count(app, post).await), (1, 1));

        let first = newest(app).await;
        let reply = say(app, &ada, post, "Thank you #light, and see https://example.org/a @mina", Some(first)).await;
        let page = mina.visit(urls::post(post)).await.assert_ok();
        assert_eq!(page.text("#comments-title"), words("comments-title", &[("count", 2)]));
        assert_eq!(page.text(&format!(".actions .comments-of-{post}")), "2");
        assert_eq!(page.texts(&format!("#replies-of-{first} .comment")).len(), 1);
        let own = format!("#comment-{reply}");
        assert!(page.has(&format!("{own} .chip")), "the author of the post is marked");
        assert!(!page.has(&format!("#comment-{first} > .said .chip")));
        assert_eq!(page.attr(&format!("{own} .comment-body a[href='https://example.org/a']"), "rel"), "nofollow noopener ugc");
        assert!(
            page.has(&format!("{own} a[href='{}']", urls::tag("light"))) && page.has(&format!("{own} a[href='{}']", urls::profile("mina")))
        );
        for path in [urls::HOME, urls::EXPLORE] {
            assert_eq!(ada.visit(path).await.text(&format!(".comments-of-{post}")), "2", "{path}");
        }
        assert!(mina.json().post(urls::post_comments(post), &[("body", "x")]).await.assert_ok().json()["comment_count"] == 3);
    });
}

#[test]
fn words_that_cannot_be_said_are_kept_with_the_reason() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let (post, other) = (app.share_any(&ada, "").await, app.share_any(&ada, "").await);
        let comments = urls::post_comments(post);
        let long = "가".repeat(1_001);
        let problem = words("comment-long", &[("limit", 1_000), ("count", 1_001)]);
        let page = mina.post(&comments, &[("body", &long)]).await.assert_refused();
        assert_eq!((page.errors()["body"].clone(), page.text("#body")), (problem.clone(), long.clone()));
        let fragment = mina.htmx().post(&comments, &[("body", &long)]).await.assert_refused();
        assert_eq!((fragment.errors()["body"].clone(), fragment.text("#body")), (problem, long));
        assert!(!fragment.html().contains("<html"));
        assert_eq!(mina.post(&comments, &[("body", " \r\n ")]).await.assert_refused().errors()["body"], words("comment-empty", &[]));
        mina.post(&comments, &[]).await.assert_refused();
        assert!(mina.json().post(&comments, &[("body", "")]).await.assert_refused().json()["errors"]["body"].is_string());

        // Only a comment of the same post can be answered, no reply, and none that is gone.
        let first = say(app, &mina, post, "one", None).await;
        let reply = say(app, &mina, post, "two", Some(first)).await;
        let elsewhere = say(app, &mina, other, "three", None).await;
        for parent in [reply, elsewhere, 1] {
            let page = mina.post(&comments, &[("body", "four"), ("parent_id", &parent.to_string())]).await.assert_refused();
            assert_eq!(page.errors()["body"], words("comment-parent-gone", &[]), "{parent}");
            assert_eq!(page.text("#body"), "four");
        }
        mina.post(&comments, &[("body", "four"), ("parent_id", "none")]).await.assert_refused();
        mina.post(urls::comment_delete(first), &[]).await.assert_redirect(urls::post_conversation(post));
        mina.post(&comments, &[("body", "four"), ("parent_id", &first.to_string())]).await.assert_refused();

        app.execute(format!("UPDATE posts SET comments_off = TRUE WHERE id = {post}")).await;
        let page = mina.visit(urls::post(post)).await;
        assert!(page.says("comments-off") && !page.has("form#say"));
        assert!(mina.htmx().post(&comments, &[("body", "five")]).await.assert_refused().says("comments-off"));
        assert_eq!(count(app, post).await, 1);
        assert!(app.visitor().visit(urls::post(other)).await.says("say-sign-in"));
    });
}

#[test]
fn the_newest_or_the_most_liked_come_first_page_by_page() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        for number in 0..23 {
            say(app, &ada, post, &format!("c{number}"), None).await;
            app.later(TimeDelta::seconds(10));
        }
        let ids = app.numbers("SELECT id FROM comments ORDER BY id").await;
        for (at, emojis) in [(3, &["👏", "😂"][..]), (7, &["😍"])] {
            for emoji in emojis {
                mina.post(urls::comment_reactions(ids[at]), &[("emoji", emoji), ("on", "true")])
                    .await
                    .assert_redirect(urls::comment(post, ids[at]));
            }
        }
        let said = |numbers: Vec<usize>| {
            numbers.into_iter().map(|number| format!("ada {} c{number}", words("comment-by-author", &[]))).collect::<Vec<_>>()
        };
        let newest: Vec<usize> = (0..23).rev().collect();
        let mut liked = vec![3, 7];
        liked.extend(newest.iter().filter(|number| ![3, 7].contains(*number)));
        for (order, expected) in [("newest", newest), ("liked", liked)] {
            let page = mina.visit(format!("{}?order={order}", urls::post(post))).await.assert_ok();
            assert_eq!(conversation(&page), said(expected[..20].to_vec()), "{order}");
            let next = page.attr(".comment-list a[rel=next]", "href");
            for rest in [mina.visit(&next).await.assert_ok(), mina.htmx().visit(&next).await.assert_ok()] {
                assert_eq!(conversation(&rest), said(expected[20..].to_vec()), "{order}");
                assert!(!rest.has("a[rel=next]"));
            }
            let fragment = mina.htmx().visit(urls::post_comments_in(post, order)).await.assert_ok();
            assert_eq!(conversation(&fragment), said(expected[..20].to_vec()));
            assert!(fragment.has("#comments-title"), "its head goes with it");
        }
        // An old one can be pointed at.
        let page = mina.visit(format!("{}?comment={}", urls::post(post), ids[0])).await.assert_ok();
        assert_eq!((conversation(&page)[0].clone(), page.count(".comment")), (said(vec![0]).remove(0), 21));
        for nowhere in ["?comment=1", "?comment=x&order=x&reply=x&before=x", "?reply=1"] {
            mina.visit(format!("{}{nowhere}", urls::post(post))).await.assert_ok();
        }
    });
}

#[test]
fn a_thread_shows_its_first_replies_and_the_others_when_asked() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let thread = say(app, &ada, post, "thread", None).await;
        for number in 0..25 {
            say(app, &mina, post, &format!("r{number}"), Some(thread)).await;
            app.later(TimeDelta::seconds(5));
        }
        let said = |range: std::ops::Range<usize>| range.map(|number| format!("mina r{number}")).collect::<Vec<_>>();
        let replies = |page: &crate::support::Page| page.texts(".comment .comment-words > p:first-child").split_off(1);
        let page = ada.visit(urls::post(post)).await;
        assert_eq!(replies(&page), said(0..3));
        assert_eq!(page.text(".more-replies"), words("replies-more", &[("count", 22)]));
        let more = page.attr(".more-replies a", "href");
        let next = ada.visit(&more).await.assert_ok();
        assert_eq!(replies(&next), said(3..23));
        assert_eq!(next.text(".more-replies"), words("replies-more", &[("count", 2)]));
        let fragment = ada.htmx().visit(&more).await.assert_ok();
        assert_eq!(conversation(&fragment), said(3..23));
        assert_eq!(conversation(&ada.htmx().visit(fragment.attr(".more-replies a", "href")).await), said(23..25));
        // A reply far behind is shown where it is pointed at, after the first ones.
        let last = newest(app).await;
        let page = ada.visit(format!("{}?comment={last}", urls::post(post))).await;
        assert_eq!(replies(&page), [said(0..3), said(24..25)].concat());
        // Without script an answer begins with whom it is for.
        let page = ada.visit(format!("{}?reply={last}", urls::post(post))).await;
        assert_eq!((page.attr("[name=parent_id]", "value"), page.text("#body")), (thread.to_string(), "@mina".to_owned()));
    });
}

#[test]
fn replies_behind_those_of_somebody_blocked_can_still_be_reached() {
    site(async |app| {
        let (ada, joon, mina) = (app.signed_in("ada").await, app.signed_in("joon").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let thread = say(app, &ada, post, "Well?", None).await;
        for number in 1..=3 {
            say(app, &joon, post, &format!("joon {number}"), Some(thread)).await;
        }
        say(app, &ada, post, "And mine", Some(thread)).await;
        mina.post(urls::block("joon"), &[("blocked", "true")]).await.assert_status(303);
        let page = mina.visit(urls::post(post)).await.assert_ok();
        let more = page.attr(".more-replies a", "href");
        let said = conversation(&mina.visit(&more).await.assert_ok());
        assert!(said.iter().any(|said| said.contains("And mine")) && !said.iter().any(|said| said.contains("joon")), "{said:?}");
    });
}

#[test]
fn what_is_deleted_leaves_a_stub_while_it_has_replies() {
    site(async |app| {
        let (ada, mina, joon) = (app.signed_in("ada").await, app.signed_in("mina").await, app.signed_in("joon").await);
        let post = app.share_any(&ada, "").await;
        let thread = say(app, &mina, post, "thread", None).await;
        let (one, two) = (say(app, &joon, post, "one", Some(thread)).await, say(app, &mina, post, "two", Some(thread)).await);
        joon.post(urls::comment_reactions(thread), &[("emoji", "😂"), ("on", "true")]).await.assert_status(303);
        joon.post(urls::comment_delete(thread), &[]).await.assert_status(403);
        joon.post(urls::comment_delete(two), &[]).await.assert_status(403);

        let fragment = mina.htmx().post(urls::comment_delete(thread), &[]).await.assert_ok();
        assert!(fragment.says("comment-gone") && fragment.says("flash-comment-deleted"));
        assert_eq!((count(app, post).await, app.rows_in("comments").await, app.rows_in("reactions").await), (2, 3, 0));
        let page = mina.visit(urls::post(post)).await;
        assert_eq!(page.text(&format!("#comment-{thread} > .said")), words("comment-gone", &[]));
        assert!(!page.html().contains(">thread<") && page.count(".comment .comment") == 2);
        mina.post(urls::comment_delete(thread), &[]).await.assert_not_found();
        mina.post(urls::comment_reactions(thread), &[("emoji", "😂"), ("on", "true")]).await.assert_not_found();
        // The author of the post keeps order under it.
        ada.htmx().post(urls::comment_delete(one), &[]).await.assert_ok();
        assert_eq!((count(app, post).await, app.rows_in("comments").await), (1, 2));
        let fragment = mina.htmx().post(urls::comment_delete(two), &[]).await.assert_ok();
        assert!(fragment.html().contains(&format!("#comment-{thread}\"")), "the stub goes with its last reply");
        assert_eq!((count(app, post).await, app.rows_in("comments").await), (0, 0));
        assert_eq!(app.rows_in("notifications").await, 0, "nobody is told of what is gone");
    });
}

#[test]
fn reactions_are_states_and_nobody_likes_their_own_reply() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let comment = say(app, &mina, post, "thread", None).await;
        let reply = say(app, &mina, post, "reply", Some(comment)).await;
        let react = async |who: &Browser, id: i64, emoji: &str, on: &str| {
            who.htmx().post(urls::comment_reactions(id), &[("emoji", emoji), ("on", on)]).await
        };
        let button = |emoji: &str| format!("form:has([value='{emoji}']) button");
        for (emoji, on, total) in [("👏", "true", 1), ("👏", "true", 1), ("😂", "true", 2), ("👏", "false", 1), ("👏", "false", 1)]
        {
            let fragment = react(&ada, comment, emoji, on).await.assert_ok();
            assert_eq!(fragment.attr(&button(emoji), "aria-pressed"), on);
            assert_eq!(app.numbers(format!("SELECT like_count FROM comments WHERE id = {comment}")).await, [total]);
        }
        assert_eq!(told(app, "mina").await, ["reaction"]);
        react(&ada, comment, "😂", "false").await.assert_ok();
        assert_eq!(told(app, "mina").await, [] as [&str; 0], "taken back");
        react(&mina, comment, "🤔", "true").await.assert_ok();
        let page = ada.visit(urls::post(post)).await;
        assert_eq!(page.texts(".reactions .count"), ["0", "0", "1", "0"]);
        assert_eq!(page.attrs(".reactions button", "aria-pressed"), ["false"; 4]);
        assert_eq!(mina.visit(urls::post(post)).await.attrs(".reactions button", "aria-pressed"), ["false", "false", "true", "false"]);

        // A reply takes a heart, with or without the mark for colour; a comment does not.
        react(&ada, reply, "❤️", "true").await.assert_ok();
        react(&ada, reply, "❤", "true").await.assert_ok();
        assert_eq!(app.numbers(format!("SELECT like_count FROM comments WHERE id = {reply}")).await, [1]);
        for (id, emoji) in [(comment, "❤️"), (reply, "👏"), (comment, "🐙"), (comment, "")] {
            react(&ada, id, emoji, "true").await.assert_status(400);
        }
        react(&ada, comment, "👏", "maybe").await.assert_status(400);
        for who in [mina.clone(), mina.htmx(), mina.json()] {
            who.post(urls::comment_reactions(reply), &[("emoji", "❤️"), ("on", "true")]).await.assert_status(403);
        }
        let own = format!(".reactions-of-{reply}");
        let page = mina.visit(urls::post(post)).await;
        assert!(page.has(&format!("p{own} .count")) && !page.has(&format!("form{own}")), "its count shows, no button");
        assert!(ada.visit(urls::post(post)).await.has(&format!("form{own} button[aria-pressed=true]")));
    });
}

#[test]
fn each_person_is_told_once_and_only_of_what_they_may_see() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let joon = app.signed_in("joon").await;
        app.signed_in("noor").await;
        let post = app.share_any(&ada, "").await;
        let thread = say(app, &mina, post, "@ada @mina @noor look", None).await;
        assert_eq!(
            (told(app, "ada").await, told(app, "mina").await, told(app, "noor").await),
            (vec!["comment".to_owned()], vec![], vec!["mention".to_owned()])
        );
        say(app, &joon, post, "@mina indeed", Some(thread)).await;
        assert_eq!(told(app, "mina").await, ["reply"]);
        assert_eq!(told(app, "ada").await, ["comment", "comment"]);
        // The answered is the post's author too.
        let own = say(app, &ada, post, "mine", None).await;
        say(app, &joon, post, "to you", Some(own)).await;
        assert_eq!(told(app, "ada").await, ["comment", "comment", "reply"]);
        // Who may not see the post hears nothing of it.
        app.execute(format!("UPDATE posts SET followers_only = TRUE, is_open = FALSE WHERE id = {post}")).await;
        say(app, &ada, post, "psst @noor", None).await;
        assert_eq!(told(app, "noor").await, ["mention"]);
    });
}

#[test]
fn strangers_to_a_post_are_strangers_to_its_conversation() {
    site(async |app| {
        let (ada, mina) = (app.signed_in("ada").await, app.signed_in("mina").await);
        let post = app.share_any(&ada, "").await;
        let thread = say(app, &ada, post, "for friends", None).await;
        let reply = say(app, &ada, post, "only", Some(thread)).await;
        app.execute(format!("UPDATE posts SET followers_only = TRUE, is_open = FALSE WHERE id = {post}")).await;
        let looks = [
            urls::post(post),
            urls::post_dialog(post),
            urls::post_photo(post, 1),
            urls::post_comments(post),
            urls::post_comments_in(post, "liked"),
            urls::comment_replies(thread, 0),
            urls::comment_delete(thread),
        ];
        for path in looks {
            mina.visit(&path).await.assert_not_found();
            mina.htmx().visit(&path).await.assert_not_found();
        }
        mina.post(urls::post_comments(post), &[("body", "hello")]).await.assert_not_found();
        mina.post(urls::post_comments(post), &[("body", "")]).await.assert_not_found();
        mina.post(urls::comment_delete(thread), &[]).await.assert_not_found();
        mina.post(urls::comment_reactions(thread), &[("emoji", "👏"), ("on", "true")]).await.assert_not_found();
        mina.post(urls::comment_reactions(reply), &[("emoji", "❤️"), ("on", "true")]).await.assert_not_found();
        assert_eq!(app.rows_in("reactions").await, 0);

        // A follower is none; who is blocked by somebody in it does not see their words.
        let (a, m) = (app.id_of("ada").await, app.id_of("mina").await);
        app.execute(format!("INSERT INTO follows (follower_id, followee_id, id) VALUES ({m}, {a}, 1)")).await;
        app.execute(format!("UPDATE users SET follower_count = 1 WHERE id = {a}")).await;
        app.execute(format!("UPDATE users SET following_count = 1 WHERE id = {m}")).await;
        let joon = app.signed_in("joon").await;
        let j = app.id_of("joon").await;
        app.execute(format!("INSERT INTO follows (follower_id, followee_id, id) VALUES ({j}, {a}, 2)")).await;
        app.execute(format!("UPDATE users SET follower_count = 2 WHERE id = {a}")).await;
        app.execute(format!("UPDATE users SET following_count = 1 WHERE id = {j}")).await;
        let words = say(app, &joon, post, "from joon", None).await;
        let answer = say(app, &joon, post, "joon again", Some(thread)).await;
        assert_eq!(mina.visit(urls::post(post)).await.count(".comment"), 4);
        app.execute(format!("INSERT INTO blocks (blocker_id, blocked_id, id) VALUES ({j}, {m}, 1)")).await;
        let page = mina.visit(urls::post(post)).await;
        assert_eq!((page.count(".comment"), page.html().contains("joon")), (2, false));
        assert!(!mina.visit(urls::comment_replies(thread, 0)).await.html().contains("joon"));
        for id in [words, answer] {
            mina.post(urls::comment_reactions(id), &[("emoji", if id == words { "👏" } else { "❤️" }), ("on", "true")])
                .await
                .assert_not_found();
        }
        mina.post(urls::post_comments(post), &[("body", "hm"), ("parent_id", &words.to_string())]).await.assert_refused();
        assert!(!mina.visit(format!("{}?comment={words}", urls::post(post))).await.html().contains("joon"));
    });
}

#[test]
fn fifty_at_once_are_fifty_comments_and_none_are_none() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        let mut people = Vec::new();
        for number in 0..25 {
            people.push(app.signed_in(&format!("friend{number}")).await);
        }
        let thread = say(app, &ada, post, "thread", None).await;
        let (comments, parent) = (urls::post_comments(post), thread.to_string());
        let both = people.iter().flat_map(|who| [(who, ""), (who, parent.as_str())]);
        let sent = both.map(|(who, parent)| {
            let comments = &comments;
            async move { who.post(comments, &[("body", "at once"), ("parent_id", parent)]).await.assert_status(303) }
        });
        join_all(sent).await;
        assert_eq!(
            (count(app, post).await, app.numbers(format!("SELECT reply_count FROM comments WHERE id = {thread}")).await),
            (51, vec![25])
        );
        // Everybody reacts while everything is deleted, the thread before its replies.
        let reacted = people
            .iter()
            .map(|who| async move { who.post(urls::comment_reactions(thread), &[("emoji", "😍"), ("on", "true")]).await.status.as_u16() });
        let ids = app.numbers("SELECT id FROM comments ORDER BY id").await;
        let deleted = ids.iter().map(|id| async { ada.post(urls::comment_delete(*id), &[]).await.assert_status(303) });
        let (reacted, _) = futures_util::future::join(join_all(reacted), join_all(deleted)).await;
        assert!(reacted.iter().all(|status| [303, 404].contains(status)), "{reacted:?}");
        assert_eq!((count(app, post).await, app.rows_in("comments").await, app.rows_in("reactions").await), (0, 0, 0));
        // A retry while the first is on its way.
        let again = (0..6).map(|_| ada.post(&comments, &[("body", "once"), ("comment_key", "k")]));
        for answer in join_all(again).await {
            answer.assert_status(303);
        }
        assert_eq!(count(app, post).await, 1);
    });
}

#[test]
fn who_says_too_much_within_a_minute_waits() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let post = app.share_any(&ada, "").await;
        for number in 0..30 {
            say(app, &ada, post, &number.to_string(), None).await;
        }
        let page = ada.post(urls::post_comments(post), &[("body", "one more")]).await.assert_status(429);
        assert_eq!(page.text("#body"), "one more");
        assert!(page.errors().contains_key("body") && page.header("retry-after").is_some());
        ada.htmx().post(urls::post_comments(post), &[("body", "one more")]).await.assert_status(429);
        app.later(TimeDelta::seconds(61));
        say(app, &ada, post, "one more", None).await;
        assert_eq!(count(app, post).await, 31);
    });
}

#[test]
fn a_post_opens_over_a_page_and_its_photos_one_by_one() {
    site(async |app| {
        let ada = app.signed_in("ada").await;
        let photos = [crate::support::pictures::small(), crate::support::pictures::webp(80, 60)];
        let post = app.share(&ada, &photos, "Two").await;
        app.run_jobs().await;
        app.execute(format!("UPDATE posts SET view_count = 1204 WHERE id = {post}")).await;
        let dialog = ada.htmx().visit(urls::post_dialog(post)).await.assert_ok();
        assert!(dialog.has("dialog .post-page") && dialog.has("dialog #comments") && !dialog.html().contains("<html"));
        assert_eq!(dialog.attr(".post-page", "data-address"), urls::post(post));
        let card = ada.visit(urls::HOME).await;
        for id in card.attrs("[id]", "id") {
            assert!(!dialog.has(&format!("[id='{id}']")), "{id} is on the page behind");
        }
        let page = ada.visit(urls::post_dialog(post)).await.assert_ok();
        assert!(page.html().contains("<html") && page.text(".post-facts > p:last-child") == "1,204 views");
        assert_eq!(page.attrs(".post-photo a.picture", "href"), [urls::post_photo(post, 1), urls::post_photo(post, 2)]);

        let first = ada.visit(urls::post_photo(post, 1)).await.assert_ok();
        assert!(first.has(&format!("a[href='{}']", urls::post_photo(post, 2))) && !first.has("a.previous"));
        assert!(first.has(&format!("a[href='{}']", urls::post(post))) && first.has(&format!("a[href='{}']", urls::post_downloads(post))));
        let second = ada.htmx().visit(urls::post_photo(post, 2)).await.assert_ok();
        assert!(second.has("a.previous") && !second.has("a.next") && !second.html().contains("<html"));
        for nowhere in ["0", "3", "99999999999999999999", "-1", "x"] {
            ada.visit(urls::post_photo(post, nowhere)).await.assert_not_found();
        }
    });
}
