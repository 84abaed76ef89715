/* The composer: each photo is sent by itself as soon as it is chosen, and the form that is shared names the photos that are there.
   Loaded by app.js when a composer arrives. What is typed and what has been sent is kept as a draft on this device. */
const AT_ONCE = 2;

export function start(form, { fill, notify }) {
  const find = (selector) => form.querySelector(selector);
  const [slips, input, button] = [find("[data-slips]"), find('.drop-area input[type="file"]'), find("[data-share-button]")];
  const words = find("template[data-texts]").dataset;
  const leaving = document.querySelector("dialog[data-leaving]");
  const { viewer, ahead } = form.dataset;
  const [most, limit] = [Number(form.dataset.most), Number(form.dataset.limitMb) * 1e6];
  const draftKey = `picstargram-draft-${viewer}`;
  const gone = new AbortController(); // everything outside the form ends with it
  const { signal } = gone;

  /* {slip, file, id, state: "queued" | "sending" | "there" | "broken", request} in the order in which they are shown */
  const photos = [];
  let lost = []; // of a draft, while they are not shown (again)
  let [sharing, restoring, free, dragged] = [false, false, false, null];

  const say = (element, text) => {
    element.textContent = text;
    element.hidden = !text;
  };
  const speak = (text) => (find("[data-spoken]").textContent = text);
  const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.ceil(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
  const of = (element) => photos.find(({ slip }) => slip === element.closest(".photo-slip"));
  const number = (photo) => photos.indexOf(photo) + 1;

  /* -------- what is shown -------- */
  const arrange = () => {
    photos.forEach(({ slip }, index) => {
      if (slips.children[index] !== slip) slips.insertBefore(slip, slips.children[index] ?? null);
    });
    while (slips.children.length > photos.length) slips.lastElementChild.remove();
    slips.hidden = photos.length === 0;
    const title = find("[data-photos-title]");
    title.textContent = photos.length ? fill(title.dataset.some, { n: photos.length }) : title.dataset.none;
    find("[data-reorder-hint]").hidden = photos.length < 2;
    photos.forEach(({ slip }, index) => {
      const n = index + 1;
      slip.querySelector(".photo-number").textContent = n;
      slip.querySelector("img").alt = fill(words.preview, { n });
      slip.querySelectorAll("[data-label]").forEach((element) => {
        const text = fill(element.dataset.label, { n });
        if (element.tagName === "LABEL") element.textContent = text;
        else element.setAttribute("aria-label", text);
      });
      const field = slip.querySelector("textarea");
      field.id = `slip-alt-${n}`;
      slip.querySelector("label").htmlFor = field.id;
      const error = slip.querySelector(".field-error");
      if (error) error.id = `${field.id}-error`;
      if (field.hasAttribute("aria-describedby")) field.setAttribute("aria-describedby", `${field.id}-error`);
      slip.querySelector('[data-move="-1"]').disabled = index === 0;
      slip.querySelector('[data-move="1"]').disabled = index === photos.length - 1;
    });
    tell();
  };
  const draw = (photo) => {
    const { slip, state } = photo;
    slip.classList.toggle("sending", state === "queued" || state === "sending");
    slip.classList.toggle("failed", state === "broken");
    slip.querySelector("[data-sending]").hidden = state !== "queued" && state !== "sending";
    slip.querySelector(".photo-failure").hidden = state !== "broken";
  };
  const count = (state) => photos.filter((photo) => state.includes(photo.state)).length;
  const amount = (n, one, some) => (n === 1 ? one : fill(some, { n }));

  /* what is missing, and what would be kind to add */
  const missing = () => {
    const [coming, broken] = [count(["queued", "sending"]), count(["broken"])];
    const parts = [];
    if (!photos.length && !restoring) parts.push(words.needed);
    if (coming) parts.push(amount(coming, words.waitOne, words.waitSome));
    if (broken) parts.push(amount(broken, words.brokenOne, words.brokenSome));
    return parts.join(" ");
  };
  const tell = () => {
    const why = missing();
    const bare = photos.filter(({ slip }) => !slip.querySelector("textarea").value.trim()).length;
    const reminder = photos.length && bare ? amount(bare, words.bareOne, words.bareSome) : "";
    const text = sharing ? words.sharing : why || reminder;
    const line = find("[data-waits]");
    if (line.textContent !== text) line.textContent = text;
    button.setAttribute("aria-disabled", String(sharing || restoring || Boolean(why)));
    for (const kind of ["camera", "date", "place"]) found(kind);
    later();
  };
  const found = (kind) => {
    const line = find(`[data-found="${kind}"]`);
    line.dataset.general ??= line.textContent;
    const values = new Map(); // what is told, and by which photos
    photos.forEach(({ slip, state }, index) => {
      const value = state === "there" && slip.dataset[kind];
      if (value) values.set(value, [...(values.get(value) ?? []), index + 1]);
    });
    const each = [...values].map(([value, numbers]) =>
      numbers.length === count(["there"]) ? value : fill(words.ofPhoto, { n: numbers.join(", "), value }));
    const nothing = count(["there"]) && !count(["queued", "sending"]) ? words.nothingFound : line.dataset.general;
    const text = each.join(" · ") || nothing;
    if (line.textContent !== text) line.textContent = text;
  };
  const bringIntoView = (element) => element?.scrollIntoView({ block: "center", inline: "center" });

  /* -------- photos come and go -------- */
  const add = (files) => {
    say(find("[data-photos-error]"), "");
    for (const file of files) {
      if (photos.length === most) {
        say(find("[data-photos-error]"), words.tooMany);
        break;
      }
      const slip = find("template[data-slip]").content.firstElementChild.cloneNode(true);
      const picture = slip.querySelector("img");
      picture.addEventListener("error", () => picture.removeAttribute("src"), { once: true });
      picture.src = URL.createObjectURL(file);
      slip.querySelector("[data-percent]").textContent = "0 %";
      slip.querySelector(".photo-file").textContent = `${file.name} · ${size(file.size)}`;
      const photo = { slip, file, preview: picture.src, state: "queued" };
      photos.push(photo);
      if (file.size > limit) fail(photo, words.tooLarge, false);
      else if (file.type && !file.type.startsWith("image/")) fail(photo, words.notAPicture, false);
      else draw(photo);
    }
    arrange();
    next();
  };
  const next = () => {
    while (count(["sending"]) < AT_ONCE) {
      const photo = photos.find(({ state }) => state === "queued");
      if (!photo) return;
      send(photo);
    }
  };
  const send = (photo) => {
    const { slip, file } = photo;
    const [bar, percent, bytes] = ["progress", "[data-percent]", "[data-bytes]"].map((part) => slip.querySelector(part));
    const body = new FormData();
    body.append("photos", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", ahead);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      percent.textContent = `${Math.floor((100 * loaded) / total)} %`;
      bytes.textContent = loaded < total ? fill(words.sending, { sent: size(loaded), total: size(total) }) : words.looking;
      if (loaded === total) bar.removeAttribute("value");
    });
    const settle = (then) => () => {
      photo.request = null;
      then();
      arrange();
      next();
    };
    request.addEventListener("load", settle(() => {
      const { status, response: answer } = request;
      if (status === 201 && answer?.id) return arrived(photo, answer);
      const refused = status === 413 || status === 422;
      const text = answer?.errors?.photos ?? answer?.detail ?? { 413: words.tooLarge, 503: words.busy }[status] ?? words.failed;
      fail(photo, text, !refused);
    }));
    request.addEventListener("error", settle(() => fail(photo, words.offline, true)));
    photo.request = request;
    photo.state = "sending";
    bar.value = 0;
    [percent.textContent, bytes.textContent] = ["0 %", ""];
    draw(photo);
    request.send(body);
  };
  const arrived = (photo, { id, thumbnail, facts }) => {
    const { slip } = photo;
    Object.assign(photo, { id, state: "there" });
    slip.dataset.photo = id;
    for (const [kind, value] of Object.entries(facts ?? {})) slip.dataset[kind] = value;
    // The picture of the server takes the place of our own once it has come.
    const [shown, picture] = [slip.querySelector("img"), new Image()];
    picture.addEventListener("load", () => {
      shown.src = thumbnail;
      URL.revokeObjectURL(photo.preview);
    }, { once: true });
    picture.src = thumbnail;
    draw(photo);
    speak(fill(words.there, { n: number(photo) }));
  };
  const fail = (photo, text, again) => {
    const { slip } = photo;
    Object.assign(photo, { state: "broken", id: undefined });
    delete slip.dataset.photo;
    slip.querySelector(".photo-failure p").textContent = text;
    slip.querySelector("[data-retry]").hidden = !again || !photo.file;
    draw(photo);
    // On a phone the strip may hide it; who is typing is left alone.
    if (!form.contains(document.activeElement) || !document.activeElement.matches("textarea")) setTimeout(() => bringIntoView(slip), 0);
    speak(text);
  };
  const move = (photo, to) => {
    if (to < 0 || to >= photos.length) return;
    photos.splice(photos.indexOf(photo), 1);
    photos.splice(to, 0, photo);
    arrange();
  };
  /* by a button or a key: says so, and stays where it was pressed */
  const step = (photo, by, pressed) => {
    const from = number(photo);
    move(photo, from - 1 + by);
    if (number(photo) === from) return;
    const arrow = pressed.disabled ? photo.slip.querySelector("[data-move]:not(:disabled)") : pressed;
    arrow?.focus();
    bringIntoView(photo.slip);
    speak(fill(words.moved, { n: from, to: number(photo) }));
  };
  const giveUp = (id) => fetch(`${ahead}/${id}/delete`, { method: "POST", headers: { Accept: "application/json" }, keepalive: true }).catch(() => {});
  const remove = (photo) => {
    photo.request?.abort();
    if (photo.id) giveUp(photo.id);
    if (photo.preview) URL.revokeObjectURL(photo.preview);
    photos.splice(photos.indexOf(photo), 1);
  };

  slips.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-move], [data-remove], [data-retry]");
    const photo = pressed && of(pressed);
    if (!photo || sharing) return;
    if (pressed.matches("[data-move]")) return step(photo, Number(pressed.dataset.move), pressed);
    if (pressed.matches("[data-retry]")) {
      photo.state = "queued";
      draw(photo);
      photo.slip.querySelector("[data-remove]").focus();
      arrange();
      return next();
    }
    const place = photos.indexOf(photo);
    remove(photo);
    arrange();
    next();
    (photos[Math.min(place, photos.length - 1)]?.slip.querySelector("[data-remove]") ?? input).focus();
  });
  slips.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || sharing || !event.target.matches(".photo-tools button")) return;
    event.preventDefault();
    step(of(event.target), by, event.target);
  });
  slips.addEventListener("dragstart", (event) => {
    const slip = event.target.closest?.(".photo-slip");
    if (!slip || sharing) return;
    event.dataTransfer.effectAllowed = "move";
    dragged = of(slip);
    slip.classList.add("dragged");
  });
  slips.addEventListener("dragover", (event) => {
    const over = dragged && event.target.closest(".photo-slip") && of(event.target);
    if (!over || over === dragged) return;
    event.preventDefault();
    move(dragged, photos.indexOf(over));
  });
  slips.addEventListener("dragend", () => {
    dragged?.slip.classList.remove("dragged");
    dragged = null;
  });

  for (const chooser of [input, find("[data-take]")]) {
    chooser.addEventListener("change", () => {
      add([...chooser.files]);
      chooser.value = "";
    });
  }
  const carriesFiles = (event) => !dragged && event.dataTransfer?.types.includes("Files");
  const drop = find("[data-drop]");
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!files.length || sharing) return;
    event.preventDefault();
    add(files);
  }, { signal });
  // Anywhere on the page: a file that misses must not take its place.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  }, { signal });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? drop.classList.remove("over"), { signal });
  document.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (!sharing) add([...event.dataTransfer.files]);
  }, { signal });

  /* -------- the draft -------- */
  const fields = () => ({
    caption: form.elements.caption.value,
    keep: [...form.querySelectorAll('[name="keep"]:checked')].map((box) => box.value),
    audience: form.elements.audience.value,
    comments: find('[name="comments"][type="checkbox"]').checked ? "off" : "on",
  });
  const untouched = JSON.stringify({ caption: "", keep: [], audience: "everyone", comments: "on" });
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (!form.isConnected || sharing || free) return;
    const there = photos.filter(({ id }) => id).map(({ id, slip }) => ({ id, alt: slip.querySelector("textarea").value }));
    const now = { ...fields(), photos: [...lost, ...there], post_key: form.elements.post_key.value };
    const empty = !now.photos.length && JSON.stringify(fields()) === untouched;
    try {
      if (empty) localStorage.removeItem(draftKey);
      else localStorage.setItem(draftKey, JSON.stringify(now));
      find("[data-draft-note]").hidden = empty;
    } catch {
      // No room, or not allowed: the form works without.
    }
  };
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 300);
  };
  const discard = () => {
    clearTimeout(timer);
    try {
      localStorage.removeItem(draftKey);
    } catch {}
    find("[data-draft-note]").hidden = true;
  };
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const setFields = ({ caption, keep, audience, comments }) => {
    form.elements.caption.value = caption ?? "";
    form.querySelectorAll('[name="keep"]').forEach((box) => (box.checked = Boolean(keep?.includes(box.value))));
    form.elements.audience.value = audience === "followers" ? "followers" : "everyone";
    find('[name="comments"][type="checkbox"]').checked = comments === "off";
    form.elements.caption.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const adopt = (slip, alt) => {
    slip.querySelector('input[name="photo_id"]')?.remove();
    if (alt !== undefined) slip.querySelector("textarea").value = alt;
    photos.push({ slip, id: slip.dataset.photo, state: "there" });
  };
  const restore = async () => {
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(draftKey));
    } catch {}
    if (!draft) return;
    setFields(draft);
    if (draft.post_key) form.elements.post_key.value = draft.post_key;
    lost = Array.isArray(draft.photos) ? draft.photos : [];
    if (!lost.length) return;
    restoring = true;
    tell();
    try {
      const query = new URLSearchParams(lost.map(({ id }) => ["photo_id", id]));
      const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
      const answer = await fetch(`${form.action}?${query}`, { headers, signal });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const alts = new Map(lost.map(({ id, alt }) => [id, alt]));
      const back = [...page.querySelectorAll(".photo-slip")].slice(0, most - photos.length);
      back.forEach((slip) => adopt(document.importNode(slip, true), alts.get(slip.dataset.photo)));
      const absent = lost.length - back.length;
      lost = [];
      if (absent) say(find("[data-photos-error]"), amount(absent, words.goneOne, words.goneSome));
      notify(words.restored);
    } catch {
      if (!signal.aborted) say(find("[data-photos-error]"), words.offline);
    }
    restoring = false;
    arrange();
  };
  find("[data-discard]").addEventListener("click", () => {
    for (const { id } of lost) giveUp(id);
    lost = [];
    [...photos].forEach(remove);
    setFields({});
    form.elements.post_key.value = newKey();
    for (const line of ["[data-photos-error]", "[data-share-error]", '[data-error-of="caption"]']) say(find(line), "");
    arrange();
    discard();
    find("[data-photos-title]").focus();
  });
  form.addEventListener("input", tell);

  /* -------- sharing -------- */
  const atField = (photo, text) => {
    const field = photo.slip.querySelector("textarea");
    let line = photo.slip.querySelector(".field-error");
    if (!line) {
      line = find("template[data-slip]").content.querySelector(".field-error").cloneNode(true);
      field.after(line);
    }
    line.id = `${field.id}-error`;
    line.querySelector("span").textContent = text;
    line.hidden = !text;
    field.setAttribute("aria-invalid", String(Boolean(text)));
    if (text) field.setAttribute("aria-describedby", line.id);
    else field.removeAttribute("aria-describedby");
  };
  const show = (errors) => {
    photos.forEach((photo, index) => {
      atField(photo, errors[`alt.${index}`] ?? "");
      if (errors[`photos.${index}`]) fail(photo, errors[`photos.${index}`], true);
    });
    say(find("[data-photos-error]"), errors.photos ?? errors.form ?? "");
    say(find('[data-error-of="caption"]'), errors.caption ?? "");
    form.elements.caption.setAttribute("aria-invalid", String(Boolean(errors.caption)));
    say(find("[data-share-error]"), words.notShared);
    bringIntoView(find('.photo-slip.failed, .photo-slip [aria-invalid="true"], .field-error:not([hidden])'));
  };
  const busy = (state) => {
    sharing = state;
    form.setAttribute("aria-busy", String(state));
    tell();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sharing || restoring) return;
    if (missing()) {
      const broken = photos.find(({ state }) => state === "broken");
      bringIntoView(broken?.slip ?? drop);
      (broken ? broken.slip.querySelector("[data-retry]:not([hidden]), [data-remove]") : photos.length ? button : input).focus({ preventScroll: true });
      return;
    }
    for (const line of ["[data-share-error]", "[data-photos-error]", '[data-error-of="caption"]']) say(find(line), "");
    keep();
    busy(true);
    const now = fields();
    const body = new URLSearchParams({ post_key: form.elements.post_key.value, caption: now.caption, audience: now.audience, comments: now.comments });
    now.keep.forEach((kind) => body.append("keep", kind));
    photos.forEach(({ id, slip }) => {
      body.append("photo_id", id);
      body.append("alt", slip.querySelector("textarea").value);
    });
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      const said = await answer.json().catch(() => null);
      if (answer.ok && said?.location) {
        discard();
        free = true;
        return location.assign(said.location);
      }
      busy(false);
      show(said?.errors ?? { form: said?.detail ?? { 413: words.tooMuch, 503: words.busy }[answer.status] ?? words.failed });
    } catch {
      busy(false);
      show({ form: words.offline });
    }
    arrange();
  });

  /* -------- leaving: what has arrived is in the draft, what is on its way would be lost -------- */
  const atRisk = () => !free && form.isConnected && (sharing || count(["queued", "sending"]) > 0);
  addEventListener("beforeunload", (event) => {
    keep();
    if (atRisk()) event.preventDefault();
  }, { signal });
  addEventListener("pagehide", keep, { signal });
  // Back from the post it has become: what the browser had put aside is out of date.
  addEventListener("pageshow", (event) => event.persisted && location.reload(), { signal });
  let bound = null; // where somebody was going
  document.addEventListener("htmx:before:request", (event) => {
    const { target, sourceElement } = event.detail.ctx ?? {};
    if (target !== document.body) return;
    keep();
    if (!atRisk()) return;
    event.preventDefault();
    bound = sourceElement;
    leaving.showModal();
  }, { signal });
  // A step back in the history asks in the page's own name, when the address is already another.
  const isStepBack = () => bound === document.body;
  const here = location.pathname + location.search;
  leaving.addEventListener("close", () => {
    if (!free && isStepBack()) history.pushState({ htmx: true }, "", here);
    bound = null;
  });
  leaving.querySelector("[data-stay]").addEventListener("click", () => leaving.close());
  leaving.querySelector("[data-leave]").addEventListener("click", () => {
    free = true;
    const to = bound;
    leaving.close();
    photos.forEach(({ request }) => request?.abort());
    if (to === document.body) location.reload();
    else if (to?.matches("form")) to.requestSubmit();
    else to?.click();
  });
  document.addEventListener("htmx:after:swap", () => {
    if (form.isConnected) return;
    photos.forEach(({ request }) => request?.abort());
    gone.abort();
  }, { signal });

  /* -------- begin -------- */
  find("[data-without-script]")?.remove();
  input.removeAttribute("name"); // what is shared is the list, in its order
  const given = [...slips.children];
  given.forEach((slip) => adopt(slip));
  arrange();
  if (!given.length && !form.elements.caption.value) restore();
}
