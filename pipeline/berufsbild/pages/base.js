"use strict";
// Deep links, what is said of a span, and the keys: shared by all pages.
const tip = document.querySelector(".tip");
const notes = document.querySelector(".notes");
const articles = new Map();
for (const article of document.querySelectorAll("article")) articles.set(article.dataset.id, article);

const page = { reveal() {}, said: (mark) => said(mark) };
let shown = null;
let pinned = null;
let leaving = 0;

function said(mark) {
  const parts = (mark.dataset.n || "").split(" ").filter(Boolean);
  return parts.map((number) => notes.children[Number(number)].cloneNode(true));
}

function open(mark) {
  clearTimeout(leaving);
  const parts = page.said(mark);
  if (!parts.length) return;
  if (shown && shown !== mark) shown.removeAttribute("aria-describedby");
  tip.replaceChildren(...parts);
  tip.hidden = false;
  shown = mark;
  mark.setAttribute("aria-describedby", tip.id);
  place(mark);
}

function place(mark) {
  const rect = mark.getClientRects()[0] || mark.getBoundingClientRect();
  const below = rect.bottom + 6;
  const top = below + tip.offsetHeight > innerHeight ? Math.max(4, rect.top - tip.offsetHeight - 6) : below;
  tip.style.top = `${top}px`;
  tip.style.left = `${Math.max(8, Math.min(rect.left, innerWidth - tip.offsetWidth - 8))}px`;
}

function close() {
  clearTimeout(leaving);
  tip.hidden = true;
  shown?.removeAttribute("aria-describedby");
  shown = pinned = null;
}

function leave() {
  clearTimeout(leaving);
  if (!pinned) leaving = setTimeout(close, 150);
}

function marksOf(article) {
  return [...article.querySelectorAll("mark[data-e], mark[data-n]")];
}

// One span of each text is a stop of the Tab key; the arrows go on from there.
function stop(mark) {
  for (const other of mark.closest("article").querySelectorAll("mark[tabindex]")) {
    if (other !== mark) other.tabIndex = -1;
  }
  mark.tabIndex = 0;
  mark.setAttribute("role", "button");
}

function visit(mark) {
  stop(mark);
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
  open(mark);
}

// Offsets count code points, as the records do; the browser counts UTF-16.
function position(body, offset) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let left = offset;
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let at = 0;
    for (const sign of node.data) {
      if (left === 0) return [node, at];
      at += sign.length;
      left -= 1;
    }
    last = [node, at];
  }
  return left === 0 ? last : null;
}

function follow(hash) {
  let name = hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* a lone % stays as it is */ }
  let article = articles.get(name);
  let borders = null;
  if (!article) {
    borders = /^([^]*):(\d+)-(\d+)$/.exec(name);
    article = borders && articles.get(borders[1]);
  }
  if (!article) return false;
  page.reveal(article);
  const body = article.querySelector(".text");
  const start = borders && body && position(body, Number(borders[2]));
  if (!start) {
    article.scrollIntoView({ block: "start" });
    article.querySelector("h2 a, h3 a").focus({ preventScroll: true });
    return true;
  }
  const mark = start[0].parentElement.closest("mark");
  if (mark) {
    visit(mark);
    return true;
  }
  const end = position(body, Number(borders[3])) || start;
  getSelection().setBaseAndExtent(...start, ...end);
  start[0].parentElement.scrollIntoView({ block: "center" });
  const range = getSelection().getRangeAt(0).getBoundingClientRect();
  scrollBy(0, range.top - innerHeight / 2);
  return true;
}

document.addEventListener("mouseover", (event) => {
  const mark = event.target.closest("article mark");
  if (mark && !pinned) open(mark);
  else if (event.target.closest(".tip")) clearTimeout(leaving);
});
document.addEventListener("mouseout", (event) => {
  if (event.target.closest("article mark, .tip")) leave();
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest("article mark");
  if (mark) open(mark);
  else if (!event.target.closest(".tip")) close();
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest("article mark");
  if (mark) {
    stop(mark);
    mark.focus({ preventScroll: true });
    open(mark);
    pinned = mark;
  } else if (!event.target.closest(".tip")) close();
});
document.addEventListener("scroll", (event) => {
  if (shown && event.target === document) place(shown);
}, { passive: true });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  const mark = event.target.closest("article mark");
  if (!mark) return;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step) {
    const all = marksOf(mark.closest("article"));
    const next = all[all.indexOf(mark) + step];
    if (next) visit(next);
    event.preventDefault();
  } else if (event.key === "Enter" || event.key === " ") {
    open(mark);
    pinned = mark;
    event.preventDefault();
  }
});
addEventListener("hashchange", () => follow(location.hash));
// After the load: until then the browser itself goes to the text and takes the focus away.
addEventListener("load", () => setTimeout(() => follow(location.hash)));
// A click on the link to where one is already changes no hash.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.getAttribute("href") === location.hash) follow(location.hash);
});
for (const article of articles.values()) {
  const first = article.querySelector("mark[data-e]") || article.querySelector("mark[data-n]");
  if (first) stop(first);
}
