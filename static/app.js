/* Behaviours keyed by data attributes, on top of pages that work without them. No framework, no state that the server could
   render. Listeners stand on the document, because boosted pages replace the body. */
"use strict";
(() => {
  const on = (type, selector, react, options) =>
    document.addEventListener(type, (event) => {
      const element = event.target instanceof Element && event.target.closest(selector);
      if (element) react(event, element);
    }, options);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  /* -------- who the browser is: its time zone, and the assets it has loaded -------- */
  /* the first touch is early enough, it comes before the next page; asking for the zone loads calendars, which the first page need not wait for */
  const sayZone = () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && !document.cookie.includes(`tz=${zone}`)) {
      document.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
    }
  };
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => setTimeout(sayZone), { once: true, passive: true });
  const assets = document.querySelector('meta[name="assets"]')?.content ?? "";
  document.addEventListener("htmx:config:request", (event) => {
    event.detail.ctx.request.headers["Assets-Version"] = assets;
    if (postDialog()) event.detail.ctx.request.headers["Page-Behind"] = addressBehind;
  });

  /* -------- posts and comments come alive one by one, so that no tap waits for those nobody sees yet. Until its turn, or until somebody
     touches it, each is the browser's own: links and forms that work. htmx itself looks at the page after this script -------- */
  const asleep = [...document.querySelectorAll(".post-card, .comment-list > li:not(.load-more)")];
  asleep.forEach((item) => item.setAttribute("hx-ignore", ""));
  const wake = (item) => {
    if (!item?.hasAttribute("hx-ignore")) return;
    item.removeAttribute("hx-ignore");
    window.htmx?.process(item);
  };
  const wakeNext = () => {
    wake(asleep.shift());
    if (asleep.length) setTimeout(wakeNext);
  };
  for (const touch of ["pointerdown", "focusin", "click"]) on(touch, "[hx-ignore]", (_, item) => wake(item), { capture: true, passive: true });

  /* -------- each page and each piece of one, as it arrives -------- */
  const arrive = (root) => {
    root.querySelectorAll("[data-carousel]").forEach(startCarousel);
    root.querySelectorAll("[data-toast]:not([data-stays])").forEach(startToast);
    offerUnfolding(root);
    countDown(root);
    root.querySelectorAll("[data-count-of]").forEach(count);
    root.querySelectorAll("[data-composer]").forEach(startComposer);
    root.querySelectorAll("[data-crop]").forEach(startCrop);
    root.querySelectorAll("[data-ticks]").forEach(countTicks);
    root.querySelectorAll("[data-leaves-after]").forEach(startLeaving);
    listen();
    const dialog = document.querySelector("#dialogs > dialog[data-modal]");
    if (dialog && !dialog.matches(":modal")) openDialog(dialog);
    arrivePost();
    sayOnce();
  };
  document.addEventListener("DOMContentLoaded", () => {
    arrive(document);
    setTimeout(wakeNext);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target === document.body) (document.querySelector("main [autofocus]") ?? document.getElementById("main"))?.focus({ preventScroll: true });
    arrive(document);
    leaveDialog();
  });

  /* -------- dialogs: the server draws them into #dialogs, the browser makes them modal -------- */
  let opener = null;
  let shown = false;
  on("click", "[popovertarget], [hx-target='#dialogs']", (_, element) => {
    if (!element.closest("#dialogs")) opener = element.closest(".menu") ? document.querySelector(`[popovertarget="${element.closest(".menu").id}"]`) : element;
    element.closest("[popover]")?.hidePopover?.();
  });
  const openDialog = (dialog) => {
    dialog.removeAttribute("open");
    dialog.classList.remove("shown-here");
    dialog.showModal();
    takeNotices();
    dialog.querySelector('[aria-invalid="true"]')?.focus();
    shown = true;
    dialog.addEventListener("close", () => {
      putNoticesBack();
      dialog.remove();
      leaveDialog();
    });
  };
  /* notices stand in the dialog that is on top: what lies under a modal one cannot be read. Before that is drawn anew they leave it */
  const putNoticesBack = () => {
    const notices = document.getElementById("notices");
    if (!notices?.closest("#dialogs")) return;
    const below = postDialog();
    if (below?.matches(":modal")) below.append(notices);
    else document.getElementById("open-post").before(notices);
  };
  const takeNotices = () => {
    const [top, notices] = [document.querySelector("#dialogs > dialog:modal"), document.getElementById("notices")];
    if (top && notices && notices.parentElement !== top) top.append(notices);
  };
  document.addEventListener("htmx:before:swap", putNoticesBack);
  document.addEventListener("htmx:after:swap", takeNotices);
  /* the focus goes back to where it came from, or to the page when that is gone */
  const leaveDialog = () => {
    if (!shown || document.querySelector("#dialogs > dialog")) return;
    shown = false;
    (opener?.isConnected ? opener : postShown() ?? landing())?.focus({ preventScroll: true });
  };
  /* where the focus goes when there is nothing to give it back to: what offers to undo, else the page */
  const landing = () => document.querySelector(".post-gone") ?? document.getElementById("main");
  on("click", "#dialogs [data-close]", (event, element) => {
    event.preventDefault();
    event.stopPropagation();
    element.closest("dialog").close();
  }, true);
  /* a click has begun and ended there: text that is selected beyond the edge is no wish to leave */
  let pressed = null;
  document.addEventListener("pointerdown", (event) => (pressed = event.target), { capture: true, passive: true });
  on("click", "#dialogs > dialog, #open-post > dialog", (event, dialog) => {
    if (event.target !== dialog || pressed !== dialog) return;
    const box = dialog.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) dialog.close();
  });

  /* -------- notices leave by themselves, unless somebody is reading them -------- */
  const startToast = (toast) => {
    if (toast.dataset.started) return;
    toast.dataset.started = "1";
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
    setTimeout(leave, toast.querySelector("form") ? 10000 : 7000);
  };
  on("click", "[data-dismiss]", (_, button) => button.closest("[data-toast]").remove());
  const notify = (words) => {
    const host = document.getElementById("notices");
    if (!host) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = "";
    toast.append(Object.assign(document.createElement("p"), { textContent: words }));
    host.append(toast);
    startToast(toast);
    return toast;
  };
  /* what somebody asked for did not reach the site: say so once. What pages ask for by themselves is asked again anyway */
  document.addEventListener("htmx:error", (event) => {
    const { sourceEvent, response } = event.detail.ctx ?? {};
    const host = document.getElementById("notices");
    if (response || !event.detail.ctx || sourceEvent?.isTrusted === false || !host || host.querySelector("[data-lost]")) return;
    notify(host.dataset.offline).dataset.lost = "";
  });

  /* what a page asks for by itself and does not get is not shown in its place: the next time will do */
  document.addEventListener("htmx:before:response", (event) => {
    const { sourceEvent, response } = event.detail.ctx ?? {};
    if (sourceEvent?.isTrusted === false && response?.status >= 400) event.preventDefault();
  });

  /* -------- likes, follows, and whatever else is on or off: the new state at once, put right if the server refuses -------- */
  const FLIPS = "form[data-like], form[data-flip]"; // data-flip names the field that says which state is wanted
  const isOn = (form) => form.querySelector("button").getAttribute("aria-pressed") === "true" || form.hasAttribute("data-on");
  const showAs = (form, state) => {
    if (isOn(form) === state) return;
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(state));
    else form.toggleAttribute("data-on", state);
    const counter = form.querySelector(".count");
    if (!counter) return;
    const shown = Number(counter.textContent.replaceAll(",", ""));
    counter.textContent = Math.max(0, shown + (state ? 1 : -1)).toLocaleString("en-US");
  };
  document.addEventListener("htmx:before:request", (event) => {
    const form = event.detail.ctx?.sourceElement;
    if (!form?.matches?.(FLIPS)) return;
    form.dataset.before = isOn(form);
    showAs(form, event.detail.ctx.request.body?.get(form.dataset.flip ?? "liked") === "true");
  });
  for (const failure of ["htmx:response:error", "htmx:error"]) {
    document.addEventListener(failure, (event) => {
      const form = event.detail.ctx?.sourceElement;
      if (!form?.isConnected || !form.matches?.(FLIPS) || !form.dataset.before) return;
      showAs(form, form.dataset.before === "true");
      delete form.dataset.before;
    });
  }

  /* -------- live: one socket a page. It says which posts are shown and hears what they count; after every break it asks anew -------- */
  let socket = null;
  let pause = 500;
  let said = "";
  const shownPosts = () => [...new Set([...document.querySelectorAll('[id^="post-"]')].map((element) => /^post-(\d+)(-open)?$/.exec(element.id)?.[1]).filter(Boolean))];
  const say = (again) => {
    const posts = JSON.stringify({ posts: shownPosts().slice(0, 400) });
    if (socket?.readyState !== WebSocket.OPEN || (posts === said && !again)) return;
    said = posts;
    socket.send(posts);
  };
  const listen = () => {
    if (!document.querySelector("[data-unread]")) {
      socket?.close();
      return;
    }
    if (socket) return say(false);
    const mine = (socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live`));
    let broken = false;
    mine.addEventListener("open", () => {
      broken = pause > 500;
      pause = 500;
      say(true);
    });
    mine.addEventListener("message", (event) => {
      const told = JSON.parse(event.data);
      const more = "unread" in told && told.unread !== null && showUnread(told.unread);
      if (told.again) {
        broken = true;
        return say(true);
      }
      (told.posts ?? [told]).forEach(showCounts);
      /* what was missed while the connection was away, or came between the page and its first connection, is news as well */
      if (told.news || more || (broken && told.posts)) document.body.dispatchEvent(new CustomEvent("news"));
      if (told.posts) broken = false;
    });
    mine.addEventListener("close", () => {
      if (socket === mine) socket = null;
      pause = Math.min(pause * 2, 30000);
      setTimeout(listen, pause * (0.75 + Math.random() / 2));
    });
  };
  addEventListener("online", () => listen());
  /* true when there are more than the page had */
  const showUnread = (unread) => {
    const badges = [...document.querySelectorAll("[data-unread]")];
    const before = Math.max(0, ...badges.map((badge) => parseInt(badge.firstElementChild.textContent, 10) || 0));
    badges.forEach((badge) => {
      const [number, words] = badge.children;
      badge.hidden = unread === 0;
      number.textContent = unread > 99 ? "99+" : unread;
      words.textContent = fill(badge.dataset.words, { n: unread });
    });
    return Math.min(unread, 99) > before;
  };
  const showCounts = ({ post, likes, comments }) => {
    if (!post) return;
    const put = (selector, count) =>
      document.querySelectorAll(selector).forEach((element) => {
        const text = count.toLocaleString("en-US");
        if (element.textContent !== text) element.textContent = text;
        const named = element.closest("[data-counts]");
        if (named) named.setAttribute("aria-label", fill(named.dataset.counts, { n: text }));
      });
    if (likes !== undefined) put(`.like-${post} .count, a.like-${post} .count`, likes);
    if (comments === undefined) return;
    put(`.comments-of-${post}`, comments);
    document.querySelectorAll(`.talk-head[data-talk="${post}"]`).forEach((head) => {
      head.dataset.told = comments;
      offerTalk(head);
    });
  };
  /* others went on talking: the conversation that is open says so, and stays as it is until it is asked for the rest */
  let saying = null; // one's own comment that is on its way: it may be counted before it is here
  const offerTalk = (head) => {
    const { told, counted } = head.dataset;
    if (!told || saying) return;
    if (Number(told) < Number(counted)) head.dataset.counted = told;
    head.querySelector("[data-more-talk]").hidden = Number(told) <= Number(counted);
  };

  /* -------- a list that is drawn anew by itself: whoever is at one of its links stays there -------- */
  let kept = null;
  document.addEventListener("htmx:before:swap", (event) => {
    const list = event.detail.ctx?.target;
    const at = document.activeElement;
    kept = list?.matches?.("[data-keeps-focus]") && list.contains(at) ? { list, href: at.getAttribute("href") } : null;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (kept?.list.isConnected && !kept.list.contains(document.activeElement)) {
      [...kept.list.querySelectorAll("a[href]")].find((link) => link.getAttribute("href") === kept.href)?.focus({ preventScroll: true });
    }
    kept = null;
  });

  /* -------- what stays for a moment only, unless somebody is about to use it -------- */
  const startLeaving = (element) => {
    if (element.dataset.started) return;
    element.dataset.started = "1";
    const leave = () => (element.matches(":focus-within, :hover") && element.querySelector(".htmx-request") ? setTimeout(leave, 500) : element.remove());
    setTimeout(leave, Number(element.dataset.leavesAfter) * 1000);
  };

  /* -------- lists one ticks: all at once, and how many; a list refreshes itself only while nobody is busy with it -------- */
  const countTicks = (form) => {
    const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
    const ticked = boxes.filter((box) => box.checked).length;
    const words = form.querySelector("[data-chosen]");
    if (ticked) words.textContent = fill(words.dataset.chosen, { n: ticked.toLocaleString("en-US") });
    const all = form.querySelector("[data-tick-all]");
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  on("change", "[data-ticks] input[type=checkbox]", (_, box) => {
    const form = box.closest("form");
    if (box.matches("[data-tick-all]")) form.querySelectorAll("tbody input[type=checkbox]").forEach((one) => (one.checked = box.checked));
    countTicks(form);
  });
  on("reset", "[data-ticks]", (_, form) => setTimeout(() => countTicks(form), 0));
  document.addEventListener("htmx:before:request", (event) => {
    const list = event.detail.ctx?.sourceElement;
    if (list?.matches?.("[data-refreshing]") && (document.hidden || list.querySelector("tbody :checked, details[open], tbody :focus-visible"))) {
      event.preventDefault();
    }
  });

  /* -------- a post over the page it was chosen from: its address is in the bar, the page behind stays as it is -------- */
  /* what tells this page from the others in the history */
  const newPage = () => `${Date.now()}-${Math.random()}`;
  let pageBehind = newPage();
  let titleBehind = "";
  let addressBehind = "";
  let postOpener = null;
  const postDialog = () => document.querySelector("#open-post > dialog");
  const postShown = () => document.querySelector("#open-post .post-page");
  const postsBehind = () => [...new Set([...document.querySelectorAll("main a[data-open-post]")].map((link) => link.pathname))];
  let isLoading = false;
  const loadPost = async (address) => {
    // One at a time: a second frame would throw out the first, and the notices in it.
    if (isLoading) return false;
    isLoading = true;
    const frame = postDialog()
      ? { target: "#open-post .post-page", select: ".post-page", swap: "outerHTML" }
      : { target: "#open-post", swap: "innerHTML" };
    try {
      await htmx.ajax("GET", `${address}?view=dialog`, frame);
    } finally {
      isLoading = false;
    }
    if (postShown()?.dataset.address !== address) return false;
    document.title = postShown().dataset.title;
    postDialog().scrollTop = 0;
    return true;
  };
  const openPost = async (address) => {
    if (!(await loadPost(address))) return;
    const state = { htmx: true, page: pageBehind, post: address };
    if (history.state?.post && history.state.page === pageBehind) return history.replaceState(state, "", address);
    addressBehind = location.pathname + location.search;
    history.replaceState({ ...history.state, htmx: true, page: pageBehind }, "");
    history.pushState(state, "", address);
  };
  /* browsers put the focus to the beginning of the page after a step in the history, unless it moves during the step */
  const leavePost = () => {
    document.activeElement?.blur();
    (postOpener?.isConnected ? postOpener : landing())?.focus({ preventScroll: true });
  };
  const arrivePost = () => {
    const dialog = postDialog();
    if (!dialog) return;
    if (!postShown()) return dialog.close(); // deleted
    if (!dialog.matches(":modal")) {
      titleBehind = document.title;
      dialog.showModal();
      dialog.append(document.getElementById("notices"));
      dialog.addEventListener("close", () => {
        document.getElementById("open-post").before(document.getElementById("notices"));
        document.title = titleBehind;
        dialog.remove();
        if (history.state?.post && history.state.page === pageBehind) history.back();
        else leavePost();
      });
    }
    const all = postsBehind();
    const at = all.indexOf(postShown()?.dataset.address);
    dialog.querySelectorAll("[data-step]").forEach((button) => (button.hidden = at < 0 || !all[at + Number(button.dataset.step)]));
  };
  const step = async (by) => {
    const all = postsBehind();
    const at = all.indexOf(postShown()?.dataset.address);
    if (at < 0 || !all[at + by]) return;
    await openPost(all[at + by]);
    postOpener = document.querySelector(`main a[data-open-post][href^="${all[at + by]}"]`);
    postOpener?.scrollIntoView({ block: "nearest" });
    if (by > 0 && at + by > all.length - 4) document.querySelector("main > * .load-more a[rel=next]")?.click();
  };
  on("click", "a[data-open-post]", (event, link) => {
    // A click with a key asks for a tab; a post's own page leads on to other pages.
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !window.htmx || document.querySelector("main .post-page")) return;
    event.preventDefault();
    event.stopPropagation();
    postOpener = link;
    openPost(link.pathname).then(() => link.hash && document.querySelector("#open-post #body")?.focus());
  }, true);
  on("click", "[data-close-post]", () => postDialog()?.close());
  on("click", "[data-step]", (_, button) => step(Number(button.dataset.step)));
  document.addEventListener("htmx:before:history:restore", (event) => {
    const state = history.state;
    if (state?.page !== pageBehind) return;
    event.preventDefault();
    if (!state.post) {
      postDialog()?.close();
      leavePost();
    } else if (postShown()?.dataset.address !== state.post) loadPost(state.post);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target === document.body) pageBehind = newPage();
  });

  /* -------- back to the same place: a list is loaded again as far as it was, then scrolled to where it was -------- */
  let returningTo = null;
  const itemsShown = () => document.querySelectorAll("main :is(.post-card, .picture-grid a.picture, .row-list > .row, .people > .person-row)").length;
  /* the card at the top of the window, and how far its top is from there: the cards above may be drawn a little taller the next time */
  const cardAtTop = () => {
    const card = [...document.querySelectorAll("main .post-card[id]")].find((card) => card.getBoundingClientRect().bottom > 0);
    return card && { card: card.id, top: Math.round(card.getBoundingClientRect().top) };
  };
  /* written only while this page and the entry of the history belong together: during a step they do not */
  const keepPlace = () => {
    const state = history.state;
    if (returningTo || postDialog() || (state?.page && state.page !== pageBehind)) return;
    history.replaceState({ ...state, htmx: true, page: pageBehind, shown: itemsShown(), scroll: Math.round(scrollY), at: cardAtTop() }, "");
  };
  addEventListener("scrollend", keepPlace, { passive: true });
  addEventListener("pagehide", keepPlace);
  document.addEventListener("htmx:before:request", (event) => {
    const { target, request } = event.detail.ctx ?? {};
    if (target !== document.body) return;
    keepPlace();
    // On to another page: whatever was being returned to is let go.
    if (!request?.headers?.["HX-History-Restore-Request"]) returningTo = null;
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { target, response } = event.detail.ctx ?? {};
    if (target === document.body && !response) returningTo = null; // it never came to that
  });
  /* as a link that htmx knows: before that a click would leave the page */
  const moreLink = () => document.querySelector("main .load-more a[rel=next][data-htmx-powered]");
  const frame = () => new Promise(requestAnimationFrame);
  const returnToPlace = async (place) => {
    const { shown, scroll, at } = place;
    const isLate = () => returningTo !== place; // somebody has gone on meanwhile
    const lacks = () => itemsShown() < shown || (at && itemsShown() < shown + 60 && !document.getElementById(at.card));
    while (lacks() && moreLink()) {
      const before = itemsShown();
      moreLink().click();
      for (let waited = 0; itemsShown() === before && waited < 5000; waited += 30) await new Promise((done) => setTimeout(done, 30));
      if (isLate()) return;
      if (itemsShown() === before) break;
    }
    scrollTo({ top: scroll, behavior: "instant" });
    for (let steps = 0; at && scroll > 0 && steps < 6 && !isLate(); steps++) {
      const off = (document.getElementById(at.card)?.getBoundingClientRect().top ?? at.top) - at.top;
      if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: "instant" });
      await frame();
    }
    if (isLate()) return;
    history.replaceState({ ...history.state, page: pageBehind }, "");
    returningTo = null;
  };
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx?.target === document.body && returningTo) returnToPlace(returningTo);
  });
  document.addEventListener("htmx:before:history:restore", () => {
    const state = history.state;
    // An entry of a post over a page that is gone shows the post's own page, from its top.
    if (state?.page !== pageBehind) returningTo = state?.post ? null : { shown: 0, scroll: 0, ...state };
  });
  /* a reload: the entry is the same, the page is new; htmx begins in a task that is due before this one */
  addEventListener("load", () => setTimeout(() => {
    if (history.state?.shown && !history.state.post) returnToPlace((returningTo = history.state));
    else if (history.state?.page && !history.state.post) history.replaceState({ ...history.state, page: pageBehind }, "");
  }));

  /* -------- one photo: arrows and swipes lead on -------- */
  const turn = (by) => document.querySelector(`[data-viewer] [data-viewer-step="${by}"]`)?.click();
  document.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const elsewhere = event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!by || elsewhere || event.target.closest?.("input, textarea, select, .menu")) return;
    if (document.querySelector("[data-viewer]")) turn(by);
    else if (postDialog() && !document.querySelector("#dialogs > dialog")) step(by);
  });
  let touch = null;
  on("touchstart", "[data-viewer]", (event) => {
    touch = event.touches.length === 1 && (visualViewport?.scale ?? 1) < 1.1 ? event.touches[0] : null;
  }, { passive: true });
  on("touchend", "[data-viewer]", (event) => {
    const [x, y] = touch ? [event.changedTouches[0].clientX - touch.clientX, event.changedTouches[0].clientY - touch.clientY] : [0, 0];
    touch = null;
    if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? 1 : -1);
  }, { passive: true });

  /* -------- the conversation: whom one answers, and what has just been said -------- */
  const answer = (form, thread, name, named) => {
    const [line, field] = [form.querySelector(".say-to"), form.querySelector("textarea")];
    form.elements.parent_id.value = thread;
    line.hidden = !thread;
    const words = line.querySelector("[data-words]");
    words.textContent = fill(words.dataset.words, { name });
    if (named && !field.value.includes(`@${name}`)) field.value = `@${name} ${field.value}`;
    field.focus();
  };
  on("click", "a[data-answer]", (event, link) => {
    const form = document.querySelector("form#say");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    answer(form, link.dataset.answer, link.dataset.name, "named" in link.dataset);
  }, true);
  on("click", "a[data-answer-nobody]", (event, link) => {
    event.preventDefault();
    event.stopPropagation();
    answer(link.closest("form"), "", "", false);
  }, true);
  on("click", "a[data-say-here]", (event) => {
    const field = document.querySelector("#say textarea") ?? document.querySelector("#say a");
    if (!field) return;
    event.preventDefault();
    event.stopPropagation();
    field.focus();
  }, true);
  on("keydown", "[data-say] textarea", (event, field) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
  });
  /* a swap may replace what asked for it: the request itself is what is remembered */
  let furtherTalk = null;
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = event.detail;
    if (ctx?.sourceElement?.matches?.("[data-say]")) saying = ctx;
    if (ctx?.sourceElement?.matches?.("[data-more-talk]")) furtherTalk = ctx;
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (event.detail.ctx !== saying) return;
    saying = null;
    document.querySelectorAll(".talk-head").forEach(offerTalk);
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (!furtherTalk || event.detail.ctx !== furtherTalk) return;
    furtherTalk = null;
    document.getElementById("comment-list")?.focus({ preventScroll: true });
  });
  /* what was said here and is then loaded with the others stands twice: the first one is at its place */
  const sayOnce = () => {
    const seen = new Set();
    document.querySelectorAll(".comment[id]").forEach((comment) => (seen.has(comment.id) ? comment.remove() : seen.add(comment.id)));
  };
  document.addEventListener("htmx:after:swap", (event) => {
    if (!event.detail.ctx?.sourceElement?.matches?.("[data-say]")) return;
    document.querySelector("#say textarea")?.focus({ preventScroll: true });
    const fresh = document.querySelector(".comment.new:not([data-seen])");
    if (fresh) fresh.dataset.seen = "1";
    if (fresh) document.querySelectorAll(".talk-head").forEach((head) => (head.dataset.counted = Number(head.dataset.counted) + 1));
    fresh?.scrollIntoView({ block: "nearest" });
  });

  /* -------- links: share, copy, unfold -------- */
  on("click", "[data-share]", (event, link) => {
    event.preventDefault();
    event.stopPropagation();
    const copied = document.querySelector("[data-copy]")?.dataset.done ?? "";
    if (navigator.share) navigator.share({ url: link.href }).catch(() => {});
    else navigator.clipboard?.writeText(link.href).then(() => notify(copied));
  }, true);
  // A button that may be pressed again in a while says in how many seconds.
  const countDown = (root) => {
    for (const button of root.querySelectorAll("[data-wait-until]")) {
      const [words, until] = [button.textContent, Date.parse(button.dataset.waitUntil)];
      const tick = () => {
        const left = Math.ceil((until - Date.now()) / 1000);
        button.disabled = left > 0;
        button.textContent = left > 0 ? button.dataset.waitWords.replace("{n}", left) : words;
        if (left > 0 && button.isConnected) setTimeout(tick, 1000);
      };
      tick();
    }
  };
  on("click", "[data-print]", () => window.print());
  on("click", "[data-copy]", (_, button) => {
    const url = new URL(button.dataset.copy, location.href).href;
    button.closest("[popover]")?.hidePopover?.();
    navigator.clipboard?.writeText(url).then(() => notify(button.dataset.done));
  });
  // Measured when it comes near: the page is laid out by then, and cards nobody sees are not laid out for this.
  const folds = new IntersectionObserver((near) => {
    const frames = near.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
    const whole = frames.map((frame) => {
      const caption = frame.querySelector(".caption");
      return caption.scrollHeight <= caption.clientHeight + 2;
    });
    frames.forEach((frame, index) => {
      frame.querySelector("[data-unfold]")?.toggleAttribute("hidden", whole[index]);
      folds.unobserve(frame);
    });
  }, { rootMargin: "100%" });
  const offerUnfolding = (root) => root.querySelectorAll(".caption-frame:has([data-unfold])").forEach((frame) => folds.observe(frame));
  addEventListener("resize", () => offerUnfolding(document), { passive: true });
  on("click", "[data-unfold]", (event, link) => {
    event.preventDefault();
    event.stopPropagation();
    const caption = link.closest(".caption-frame").querySelector(".caption");
    caption.classList.add("whole");
    caption.tabIndex = -1;
    caption.focus();
    link.remove();
  }, true);

  /* -------- carousel: swipes by itself; arrows, keys and dots are added -------- */
  const startCarousel = (carousel) => {
    if (carousel.dataset.started) return;
    carousel.dataset.started = "1";
    const strip = carousel.querySelector(".carousel-strip");
    const items = [...strip.children];
    const [previous, next] = [carousel.querySelector(".previous"), carousel.querySelector(".next")];
    const at = () => Math.round(strip.scrollLeft / Math.max(1, strip.clientWidth));
    /* where it is going: keys pressed one after another add up */
    let goal = null;
    const show = (index) => {
      goal = Math.max(0, Math.min(items.length - 1, index));
      strip.scrollTo({ left: goal * strip.clientWidth });
    };
    const step = (by) => show((goal ?? at()) + by);
    /* a button that goes while it has the focus gives it to the other one */
    const hide = (button, hidden, other) => {
      if (hidden && button === document.activeElement) {
        other.hidden = false;
        other.focus({ preventScroll: true });
      }
      button.hidden = hidden;
    };
    let marked = 0;
    const mark = () => {
      const now = at();
      if (goal !== null && Math.abs(strip.scrollLeft - goal * strip.clientWidth) < 2) goal = null;
      if (now === marked) return;
      marked = now;
      hide(previous, now === 0, next);
      hide(next, now === items.length - 1, previous);
      carousel.querySelector("[data-carousel-now]").textContent = now + 1;
      carousel.querySelectorAll(".carousel-dots i").forEach((dot, index) => dot.classList.toggle("on", index === now));
    };
    previous.addEventListener("click", () => step(-1));
    next.addEventListener("click", () => step(1));
    for (const end of ["scrollend", "pointerdown", "wheel"]) strip.addEventListener(end, () => (goal = null), { passive: true });
    strip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by) {
        event.preventDefault();
        step(by);
      }
    });
    strip.addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
  };

  /* -------- results by the arrow keys: down from the field into them, up from the first back -------- */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target instanceof Element)) return;
    const field = document.querySelector("[data-leads-to]");
    const results = field && document.querySelector(field.dataset.leadsTo);
    if (!results || (event.target !== field && !results.contains(event.target))) return;
    const links = [field, ...results.querySelectorAll('a[href]:not([tabindex="-1"])')];
    const to = links[links.indexOf(event.target) + step];
    if (!to) return;
    event.preventDefault();
    to.focus();
  });

  /* -------- how much of a limit is used -------- */
  const length = (text) => [...text.replaceAll("\r\n", "\n")].length;
  const count = (counter) => {
    const field = document.getElementById(counter.dataset.countOf);
    if (!field) return;
    const used = length(field.value);
    counter.textContent = fill(counter.dataset.countWords, { n: used.toLocaleString("en-US") });
    counter.hidden = used < Number(counter.dataset.countFrom ?? 0);
    counter.classList.toggle("over", used > Number(field.dataset.limit));
  };
  on("input", "textarea[data-limit]", (_, field) => {
    document.querySelectorAll(`[data-count-of="${field.id}"]`).forEach(count);
  });

  /* -------- what few pages need comes when it is needed -------- */
  const startComposer = (form) => {
    if (form.dataset.started) return;
    form.dataset.started = "1";
    import(form.dataset.module).then(({ start }) => start(form, { fill, notify }));
  };
  on("focusin", "[data-suggest]:not([data-suggesting])", (_, field) => {
    field.dataset.suggesting = "1";
    import(document.querySelector('meta[name="suggest"]').content).then(({ attach }) => attach(field));
  });
  // Whoever signs out leaves no draft to the next at this device.
  on("submit", 'form[action="/logout"]', () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("picstargram-draft-")) localStorage.removeItem(key);
  });

  /* -------- photos in an order: their words go with them -------- */
  on("click", "[data-order] [data-step]", (event, button) => {
    event.preventDefault();
    const item = button.closest("li");
    const [list, by] = [item.parentElement, Number(button.dataset.step)];
    if (by < 0) item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    [...list.children].forEach((each, index) => {
      each.querySelectorAll("[data-label]").forEach((element) => {
        const text = fill(element.dataset.label, { n: index + 1 });
        if (element.tagName === "LABEL") element.textContent = text;
        else element.setAttribute("aria-label", text);
      });
      each.querySelector('[data-step="-1"]').disabled = index === 0;
      each.querySelector('[data-step="1"]').disabled = index === list.children.length - 1;
    });
    (button.disabled ? item.querySelector("[data-step]:not(:disabled)") : button).focus();
  });

  /* -------- a face: choose the part of the photo that is shown; what is sent is that part -------- */
  const startCrop = (field) => {
    if (field.dataset.started) return;
    field.dataset.started = "1";
    const [input, stage] = [field.querySelector('input[type="file"]'), field.querySelector("[data-crop-stage]")];
    const canvas = stage.querySelector("canvas");
    const zoom = stage.querySelector('input[type="range"]');
    const save = field.closest("form").querySelector("button.primary");
    let picture = null; // {bitmap, name, type, x, y}: x and y are the centre, as shares of the sides
    let timer = 0;

    const part = () => {
      const side = Math.min(picture.bitmap.width, picture.bitmap.height) / Number(zoom.value);
      const clamp = (share, whole) => Math.min(Math.max(share, side / 2 / whole), 1 - side / 2 / whole);
      picture.x = clamp(picture.x, picture.bitmap.width);
      picture.y = clamp(picture.y, picture.bitmap.height);
      return { side, left: picture.x * picture.bitmap.width - side / 2, top: picture.y * picture.bitmap.height - side / 2 };
    };
    const draw = () => {
      const { side, left, top } = part();
      const brush = canvas.getContext("2d");
      brush.imageSmoothingQuality = "high";
      brush.clearRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(picture.bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
      save.disabled = true;
      clearTimeout(timer);
      timer = setTimeout(cut, 200);
    };
    const cut = () => {
      const { side, left, top } = part();
      const size = Math.round(Math.min(side, 1024));
      const sheet = Object.assign(document.createElement("canvas"), { width: size, height: size });
      sheet.getContext("2d").drawImage(picture.bitmap, left, top, side, side, 0, 0, size, size);
      const type = picture.type === "image/jpeg" ? "image/jpeg" : "image/png";
      sheet.toBlob((blob) => {
        if (blob) {
          const transfer = new DataTransfer();
          transfer.items.add(new File([blob], picture.name, { type }));
          input.files = transfer.files;
        }
        save.disabled = false;
      }, type, 0.93);
    };
    input.addEventListener("change", async () => {
      const file = input.files[0];
      stage.hidden = true;
      // A GIF may move, which a canvas would stop.
      if (!file || file.type === "image/gif") return;
      try {
        const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
        picture = { bitmap, name: file.name, type: file.type, x: 0.5, y: 0.5 };
      } catch {
        return; // the server says what is wrong with it
      }
      zoom.value = 1;
      stage.hidden = false;
      draw();
    });
    zoom.addEventListener("input", draw);
    const shift = (x, y) => {
      const { side } = part();
      picture.x -= (x / canvas.clientWidth) * (side / picture.bitmap.width);
      picture.y -= (y / canvas.clientHeight) * (side / picture.bitmap.height);
      draw();
    };
    canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) shift(event.movementX, event.movementY);
    });
    canvas.addEventListener("keydown", (event) => {
      const [x, y] = { ArrowLeft: [12, 0], ArrowRight: [-12, 0], ArrowUp: [0, 12], ArrowDown: [0, -12] }[event.key] ?? [0, 0];
      if (x || y) {
        event.preventDefault();
        shift(x, y);
      }
    });
  };
})();
