//! The one rule of who may see what, tried at every address that shows posts, by every kind of stranger.

use crate::support::{Browser, TestApp, pictures, site};
use picstargram::posts::PostId;
use picstargram::urls;

/// Those who look, by name.
struct Lookers {
    author: Browser,
    follower: Browser,
    member: Browser,
    /// The author blocks them.
    blocked: Browser,
    /// They block the author.
    blocker: Browser,
    admin: Browser,
    visitor: Browser,
}

impl Lookers {
    async fn arrive(app: &TestApp) -> Lookers {
        let lookers = Lookers {
            author: app.signed_in("author").await,
            follower: app.signed_in("follower").await,
            member: app.signed_in("member").await,
            blocked: app.signed_in("blocked").await,
            blocker: app.signed_in("blocker").await,
            admin: app.admin("grace").await,
            visitor: app.visitor(),
        };
        for name in ["follower", "blocked", "blocker"] {
            app.follow(name, "author").await;
        }
        lookers.author.post(urls::block("blocked"), &[("blocked", "true")]).await.assert_status(303);
        lookers.blocker.post(urls::block("author"), &[("blocked", "true")]).await.assert_status(303);
        lookers
    }

    fn all(&self) -> [(&'static str, &Browser); 7] {
        [
            ("author", &self.author),
            ("follower", &self.follower),
            ("member", &self.member),
            ("blocked", &self.blocked),
            ("blocker", &self.blocker),
            ("admin", &self.admin),
            ("visitor", &self.visitor),
        ]
    }
}

/// Addresses of one post: found by those who may see it, not there for others.
async fn assert_addresses(app: &TestApp, who: &str, browser: &Browser, post: PostId, sees: bool) {
    let image = app.images_of(post).await.remove(0);
    let mut paths =
        vec![urls::post(post), urls::post_likes(post), urls::post_downloads(post), urls::post_comments(post), urls::post_photo(post, 1)];
    // A picture is its owner's, also while its post is going.
    if who != "author" {
        paths.extend([urls::image_download(image.id, "512"), urls::api_image(image.id)]);
    }
    for path in &paths {
        let page = browser.visit(path).await;
        assert_eq!(page.status == 200, sees, "{who} at {path}: {}", page.status);
        assert!(sees || page.status == 404, "{who} at {path}: {}", page.status);
    }
    let dialog = browser.htmx().visit(format!("{}?view=dialog", urls::post(post))).await;
    assert_eq!(dialog.status == 200, sees, "{who}'s dialog");
    if who == "visitor" || sees {
        return;
    }
    for (path, fields) in [
        (urls::post_like(post), [("liked", "true")]),
        (urls::post_save(post), [("saved", "true")]),
        (urls::post_comments(post), [("body", "hello")]),
        (urls::post_edit(post), [("caption", "mine")]),
        (urls::post_delete(post), [("sure", "yes")]),
        (urls::post_pin(post), [("pinned", "true")]),
        (urls::post_archive(post), [("archived", "true")]),
    ] {
        browser.post(&path, &fields).await.assert_not_found();
    }
}

/// Pages that collect posts: what one may not see is in none of them.
async fn assert_collections(who: &str, browser: &Browser, (post, is_open): (PostId, bool), sees: bool, listed: bool) {
    let link = urls::post(post);
    for path in
        [urls::HOME.to_owned(), urls::EXPLORE.to_owned(), urls::EXPLORE_LIKED.to_owned(), urls::tag("sea"), urls::search("lighthouse")]
    {
        let page = browser.visit(&path).await.assert_ok();
        assert!(sees || !page.html().contains(&link), "{who} finds it at {path}");
    }
    for path in [urls::tag("sea"), urls::search("lighthouse")] {
        assert_eq!(browser.visit(&path).await.html().contains(&link), sees && listed, "{who} at {path}");
    }
    for path in [urls::EXPLORE_ATOM.to_owned(), urls::tag_atom("sea"), urls::profile_atom("author")] {
        // Feeds are for strangers, whoever asks.
        let feed = browser.visit(&path).await.assert_ok();
        assert_eq!(feed.html().contains(&link), is_open, "{who} at {path}");
    }
    let profile = browser.visit(urls::profile("author")).await;
    assert_eq!(profile.html().contains(&link), sees && listed, "{who} at the profile");
}

#[test]
fn every_kind_of_post_is_seen_by_whom_it_is_for_and_by_nobody_else() {
    site(async |app| {
        let lookers = Lookers::arrive(app).await;
        let share = async |what: &str| {
            let post = app.share(&lookers.author, &[pictures::jpeg(1100, 700)], &format!("A lighthouse, {what} #sea")).await;
            app.run_jobs().await;
            post
        };
        let open = share("for everybody").await;
        let followers = share("for followers").await;
        lookers.author.post(urls::post_edit(followers), &[("audience", "followers")]).await.assert_status(303);
        let archived = share("put away").await;
        lookers.author.post(urls::post_archive(archived), &[("archived", "true")]).await.assert_status(303);
        let deleted = share("gone").await;
        lookers.author.post(urls::post_delete(deleted), &[]).await.assert_status(303);
        app.run_jobs().await;

        for (who, browser) in lookers.all() {
            let kept_apart = ["blocked", "blocker"].contains(&who);
            for (post, sees) in [
                (open, !kept_apart || who == "author"),
                (followers, ["author", "follower"].contains(&who)),
                (archived, who == "author"),
                (deleted, false),
            ] {
                assert_addresses(app, who, browser, post, sees).await;
                assert_collections(who, browser, (post, post == open), sees, post != archived).await;
            }
            let oembed = browser.visit(urls::oembed(&app.url, open)).await;
            assert_eq!(oembed.status, 200, "what anyone may see, anyone may show");
            for hidden in [followers, archived, deleted] {
                browser.visit(urls::oembed(&app.url, hidden)).await.assert_not_found();
            }
        }

        // The account becomes private: what was for everybody is for followers now, and its pictures have moved.
        let before = app.images_of(open).await.remove(0);
        lookers.author.post(urls::SETTINGS_PRIVACY, &[("private", "true")]).await.assert_status(303);
        app.run_jobs().await;
        lookers.visitor.visit(before.address("512")).await.assert_not_found();
        for (who, browser) in lookers.all() {
            assert_addresses(app, who, browser, open, ["author", "follower"].contains(&who)).await;
        }
        // And whoever stops following sees it no more.
        lookers.follower.post(urls::follow("author"), &[("following", "false")]).await.assert_status(303);
        assert_addresses(app, "follower", &lookers.follower, open, false).await;
    });
}
