/* Tags and people while one types: a list box under a text field, for every `data-suggest`. Loaded by app.js at the first focus. */
const WORD = /(?:^|[\s([{'"“‘、。])([#@][\p{L}\p{N}_]{1,64})$/u;

export function attach(field) {
  let [list, active, timer, asked] = [null, -1, 0, null];
  const options = () => [...(list?.children ?? [])];
  const word = () => (field.selectionStart === field.selectionEnd ? WORD.exec(field.value.slice(0, field.selectionStart))?.[1] : undefined);

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list?.remove();
    [list, active] = [null, -1];
    for (const attribute of ["aria-controls", "aria-activedescendant"]) field.removeAttribute(attribute);
  };
  const mark = (index) => {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (!chosen) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    const begun = word();
    if (!begun) return close();
    const end = field.selectionStart;
    const after = /^\s/.test(field.value.slice(end)) ? "" : " ";
    field.setRangeText(option.dataset.word + after, end - begun.length, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };
  const ask = async (begun) => {
    asked?.abort();
    asked = new AbortController();
    try {
      const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
      const answer = await fetch(`/suggest?q=${encodeURIComponent(begun)}`, { headers, signal: asked.signal });
      const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      if (word() !== begun || document.activeElement !== field) return;
      const found = page.querySelector('[role="listbox"]');
      close();
      // What is written in full already needs no offer.
      if (!found || (found.children.length === 1 && found.firstElementChild.dataset.word === begun)) return;
      list = document.importNode(found, true);
      list.id = `${field.id || "field"}-suggestions`;
      options().forEach((option, index) => (option.id = `${list.id}-${index}`));
      list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
      list.addEventListener("click", (event) => {
        const option = event.target.closest('[role="option"]');
        if (option) take(option);
      });
      field.parentElement.classList.add("suggest-host");
      field.after(list);
      field.setAttribute("aria-controls", list.id);
    } catch {
      // Offline, or another letter came: nothing is offered.
    }
  };

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  const look = () => {
    clearTimeout(timer);
    const begun = word();
    if (!begun) return close();
    timer = setTimeout(ask, 120, begun);
  };
  field.addEventListener("input", look);
  field.addEventListener("keydown", (event) => {
    if (!list || event.isComposing) return;
    const all = options();
    const to = { ArrowDown: active + 1, ArrowUp: (active < 0 ? all.length : active) - 1 }[event.key];
    if (to !== undefined) mark((to + all.length) % all.length);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) take(all[active]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("click", () => list && !word() && close());
  field.addEventListener("blur", close);
  // What was typed while this was on its way.
  if (field === document.activeElement && field.value) look();
}
