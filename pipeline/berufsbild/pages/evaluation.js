// The filters. What they say stands in the address, so that it can be sent on.
const form = document.querySelector(".filters");
if (form) {
  const root = document.querySelector("main");
  const counts = Object.fromEntries([...document.querySelectorAll("[data-count]")].map((one) => [one.dataset.count, one]));
  const OF_ERRORS = ["label", "class", "rule", "found", "attribute"];
  const OF_TEXTS = ["split", "area", "voice", "state", "length", "slot"];
  const entries = [...articles.values()].map((article) => {
    const items = [...article.querySelectorAll(".errors li")];
    const marks = [...article.querySelectorAll("mark[data-e]")].map((mark) => [mark, mark.dataset.e.split(" ").map(Number)]);
    const errors = items.map((item) => Object.fromEntries(OF_ERRORS.map((name) => [name, item.dataset[name].trim().split(" ")])));
    return { article, items, errors, marks, text: null };
  });

  page.said = (mark) => {
    if (!mark.dataset.e) return said(mark);
    const items = mark.closest("article").querySelectorAll(".errors li");
    const list = document.createElement("ol");
    for (const number of mark.dataset.e.split(" ")) {
      const copy = items[Number(number)].cloneNode(true);
      copy.hidden = false;
      list.append(copy);
    }
    return [list];
  };
  page.reveal = (article) => {
    if (!article.hidden) return;
    form.reset();
    apply(new URLSearchParams());
  };

  const asked = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));

  function apply(query) {
    const wanted = (names) => names.filter((name) => query.get(name)).map((name) => [name, query.get(name)]);
    const ofErrors = wanted(OF_ERRORS).map(([name, value]) => [name, value.split(",")]);
    const ofTexts = wanted(OF_TEXTS);
    const words = (query.get("q") || "").toLowerCase();
    const needed = ofErrors.length > 0 || query.get("wrong");
    let errors = 0;
    let texts = 0;
    root.classList.toggle("bare", Boolean(query.get("bare")));
    for (const entry of entries) {
      const inside = ofTexts.every(([name, value]) => {
        const own = entry.article.dataset[name] || "";
        return name === "slot" ? own.split(" ").includes(value) : own === value;
      }) && (!words || contains(entry, words));
      const right = entry.errors.map((error) => inside && ofErrors.every(([name, values]) => error[name].some((one) => values.includes(one))));
      const number = right.filter(Boolean).length;
      const shown = inside && (number > 0 || !needed);
      if (entry.article.hidden === shown) entry.article.hidden = !shown;
      if (!shown) continue;
      texts += 1;
      errors += number;
      entry.items.forEach((item, at) => { if (item.hidden === right[at]) item.hidden = !right[at]; });
      for (const [mark, numbers] of entry.marks) mark.classList.toggle("off", !numbers.some((at) => right[at]));
    }
    counts.errors.textContent = errors;
    counts.texts.textContent = texts;
  }

  function contains(entry, words) {
    entry.text ??= `${entry.article.dataset.id}\n${entry.article.querySelector(".text").textContent}`.toLowerCase();
    return entry.text.includes(words);
  }

  // Fields follow the address; an unknown value leaves its field at "any".
  function read() {
    const query = new URLSearchParams(location.hash.slice(2));
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.type === "checkbox") field.checked = query.get(field.name) === field.value;
      else field.value = query.get(field.name) || "";
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    }
    apply(asked());
  }

  function write() {
    const query = asked();
    close();
    const said = query.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", said ? `#?${said}` : location.pathname + location.search);
    apply(query);
  }

  function step(by) {
    const all = [...document.querySelectorAll("article:not([hidden]) mark[data-e]:not(.off)")];
    if (!all.length) return;
    const here = document.querySelector("mark.here");
    let next = all.indexOf(here);
    if (next < 0 && here) {
      next = all.findIndex((mark) => here.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (by > 0 && next >= 0) next -= 1;
    }
    next = (next + by + all.length) % all.length;
    visit(all[here || by > 0 ? next : all.length - 1]);
  }

  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest("article mark");
    if (!mark) return;
    document.querySelector("mark.here")?.classList.remove("here");
    mark.classList.add("here");
  });
  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(write, event.target.type === "search" ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-clear]").addEventListener("click", () => { form.reset(); write(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return;
    step(event.shiftKey ? -1 : 1);
    event.preventDefault();
  });
  function arrive() {
    if (!location.hash.startsWith("#?")) return;
    read();
    const head = document.getElementById("~texts");
    head.focus({ preventScroll: true });
    head.scrollIntoView();
  }
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#?"]');
    if (link && link.getAttribute("href") === location.hash) arrive();
  });
  if (matchMedia("(max-width: 40rem)").matches) form.querySelector("details").open = false;
  if (location.hash.startsWith("#?")) arrive();
}
