// The browser's side of the kit: what HTML and Reflex alone cannot do. Bundled with the pages; no eval, no inline script.
import { createElement as h, useEffect, useRef, useState } from "react";
import { useLocation, useNavigate, useNavigationType } from "react-router";

const byId = (id) => document.getElementById(id);
const isOffline = () => byId("ct-offline") !== null;
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const isTouchable = (el) => el && el.isConnected && el !== document.body && el.getClientRects().length > 0;
const clock = (zone) => new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone || undefined }).format(new Date());

// Words that never went to the server (not sent, copied, uploading) are read from the page's one live region.
let quiet;
export function say(text) {
  const here = byId("live-here");
  if (!here) return;
  here.textContent = here.textContent === text ? text + "\u00a0" : text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { here.textContent = ""; }, 15000);
}

function focusControl(id) {
  const el = byId(id);
  if (!el) return;
  const control = el.matches("input,select,textarea,button,a,[tabindex]") ? el : el.querySelector("input,select,textarea,button") ?? el;
  control.focus();
  control.scrollIntoView({ block: "center" });
}

const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };

function refuseOffline(event, words) {
  const pressed = event.target.closest?.("[data-mutates]");
  if (!pressed || !isOffline()) return false;
  stop(event);
  say(words.notSent);
  const beside = document.createElement("span");
  beside.className = "ct-error ct-not-sent";
  beside.textContent = words.notSent;
  document.querySelectorAll(".ct-not-sent").forEach((old) => old.remove());
  document.body.append(beside);
  const box = (event.submitter ?? pressed).getBoundingClientRect();
  beside.style.cssText = `position:absolute;z-index:60;background:var(--surface);padding:2px 8px;left:${box.left + scrollX}px;top:${box.bottom + scrollY + 4}px`;
  (pressed.closest("dialog[open]") ?? document.body).append(beside);
  setTimeout(() => beside.remove(), 8000);
  return true;
}

async function copy(button, words) {
  const text = button.dataset.copy;
  const href = button.dataset.copyHref && new URL(button.dataset.copyHref, location.href).href;
  try {
    if (href && window.ClipboardItem) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = text;
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": new Blob([text], { type: "text/plain" }),
        "text/html": new Blob([link.outerHTML], { type: "text/html" }),
      })]);
    } else await navigator.clipboard.writeText(text);
    say(words.copied);
    button.dataset.done = "true";
    setTimeout(() => delete button.dataset.done, 3000);
  } catch { say(words.notCopied); }
}

function pressed(event, words) {
  if (refuseOffline(event, words)) return;
  const target = event.target;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  const jump = target.closest("[data-focus]");
  if (jump) { stop(event); focusControl(jump.dataset.focus); return; }
  const copying = target.closest("[data-copy]");
  if (copying) { copy(copying, words); return; }
  if (target.closest("[data-reload]")) { location.reload(); return; }
  const toggle = target.closest("[data-toggle]");
  if (toggle) {
    const shown = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", shown);
    byId(toggle.dataset.toggle).dataset.open = shown;
  }
  const dismiss = target.closest("[data-dismiss]");
  if (dismiss) { dismiss.closest(".ct-alert").hidden = true; document.querySelector("main h1")?.focus(); }
  const row = target.closest("a[data-row-link]");
  if (row) sessionStorage.setItem("ct-row " + location.pathname + location.search, row.getAttribute("href"));
  if (target.closest("details[data-menu] .ct-menu-item")) target.closest("details[data-menu]").open = false;
}

// With the focus on a row's link: Space ticks the row's box, Shift+F10 or the Menu key opens its menu.
function pressInRow(event, link) {
  const row = link.closest("tr,li");
  const menu = (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) && row.querySelector("details[data-menu]");
  if (menu) {
    event.preventDefault();
    menu.open = true;
    (menu.querySelector(".ct-menu-item") ?? menu.querySelector("summary")).focus();
  }
  const box = event.key === " " && !event.shiftKey && row.querySelector("input[data-select]");
  if (box) { event.preventDefault(); box.click(); }
}

function moveInRows(event) {
  const link = event.target.closest("a[data-row-link]");
  if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
  pressInRow(event, link);
  if (event.shiftKey) return;
  const links = [...link.closest("table,ul,ol").querySelectorAll("a[data-row-link]")];
  const at = links.indexOf(link);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  links[Math.min(Math.max(to, 0), links.length - 1)].focus();
}

function moveInMenu(event) {
  const menu = event.target.closest("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    stop(event);
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.target.matches("input")) return;
  event.preventDefault();
  const items = [...menu.querySelectorAll("summary,.ct-menu-item,input")];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

function keyed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const layer = [...document.querySelectorAll("dialog[open]")].at(-1) ?? event.target.closest("form");
    const primary = layer?.querySelector("[data-primary]");
    if (primary) { event.preventDefault(); primary.click(); }
    return;
  }
  moveInRows(event);
  moveInMenu(event);
}

// After a move to another page the heading gets the focus; after Back the row that was opened does.
function useRouteFocus() {
  const { pathname, search } = useLocation();
  const kind = useNavigationType();
  // The first address may end in a slash where later ones do not; it is the same page.
  const last = useRef(bare(pathname));
  useEffect(() => {
    if (last.current === bare(pathname)) return;
    last.current = bare(pathname);
    const nav = byId("main-nav");
    if (nav) { nav.dataset.open = false; document.querySelector("[data-toggle=main-nav]")?.setAttribute("aria-expanded", false); }
    const row = kind === "POP" && sessionStorage.getItem("ct-row " + pathname + search);
    let placed, frame;
    const until = performance.now() + 5000;
    const look = () => {
      const now = document.activeElement;
      if (placed && now !== placed && now !== document.body) return;
      const wanted = (row && document.querySelector(`a[data-row-link][href="${CSS.escape(row)}"]`)) || document.querySelector("main h1");
      if (wanted && wanted !== now) { wanted.focus({ preventScroll: wanted.tagName === "H1" && kind === "POP" }); placed = wanted; }
      if (performance.now() < until && (!wanted || (row && wanted.tagName === "H1"))) frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [pathname]);
}

export function Behaviours({ words, children }) {
  useRouteFocus();
  useEffect(() => {
    const onClick = (event) => pressed(event, words);
    const onSubmit = (event) => refuseOffline(event, words);
    const onFocusOut = (event) => {
      const menu = event.target.closest?.("details[data-menu][open]");
      if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    };
    window.addEventListener("click", onClick, true);
    window.addEventListener("submit", onSubmit, true);
    window.addEventListener("keydown", keyed, true);
    window.addEventListener("focusout", onFocusOut, true);
    return () => {
      window.removeEventListener("click", onClick, true);
      window.removeEventListener("submit", onSubmit, true);
      window.removeEventListener("keydown", keyed, true);
      window.removeEventListener("focusout", onFocusOut, true);
    };
  }, []);
  return children ?? null;
}

// Other people's changes are summed up and spoken at most once in twenty seconds.
export function Announcer({ changed = 0, added = 0, words }) {
  const spoken = useRef({ changed, added, at: 0, timer: 0 });
  useEffect(() => {
    const before = spoken.current;
    if (changed < before.changed || added < before.added) Object.assign(before, { changed, added });
    if (before.timer || (changed === before.changed && added === before.added)) return;
    before.now = () => ({ changed, added });
    before.timer = setTimeout(() => {
      const now = before.now();
      const c = now.changed - before.changed, a = now.added - before.added;
      const parts = [c && fill(c === 1 ? words.oneChanged : words.changed, { n: c }), a && fill(a === 1 ? words.oneAdded : words.added, { n: a })];
      say(parts.filter(Boolean).join(" "));
      Object.assign(before, now, { at: Date.now(), timer: 0 });
    }, Math.max(0, before.at + 20000 - Date.now()));
  }, [changed, added]);
  useEffect(() => { if (spoken.current.timer) spoken.current.now = () => ({ changed, added }); }, [changed, added]);
  return null;
}

// The connection banner and the mark that pauses every button with data-mutates.
export function Connection({ lost, words, zone, children }) {
  const [out, setOut] = useState(false);
  const [since, setSince] = useState("");
  const [shown, setShown] = useState("");
  const isLost = lost || out;
  const wasShown = useRef("");
  wasShown.current = shown;
  useEffect(() => {
    const change = () => setOut(!navigator.onLine);
    change();
    window.addEventListener("online", change);
    window.addEventListener("offline", change);
    return () => { window.removeEventListener("online", change); window.removeEventListener("offline", change); };
  }, []);
  useEffect(() => {
    if (!isLost) {
      document.querySelectorAll(".ct-not-sent").forEach((old) => old.remove());
      setSince(clock(zone));
      setShown(wasShown.current === "lost" || wasShown.current === "long" ? "back" : "");
      return;
    }
    setSince(clock(zone));
    const soon = setTimeout(() => setShown("lost"), 3000);
    const long = setTimeout(() => setShown("long"), 600000);
    return () => { clearTimeout(soon); clearTimeout(long); };
  }, [isLost]);
  useEffect(() => {
    // Not the forms themselves: their fields stay usable, and would be announced as disabled with them.
    const buttons = document.querySelectorAll("[data-mutates]:not(form)");
    buttons.forEach((b) => (isLost ? b.setAttribute("aria-disabled", "true") : b.removeAttribute("aria-disabled")));
  }, [isLost, shown]);
  const text = words[shown];
  return h("div", { role: "status", className: "ct-connection ct-no-print" },
    isLost && h("span", { id: "ct-offline", hidden: true }),
    text && h("div", { className: "ct-alert", "data-kind": shown === "back" ? "success" : "warning" },
      shown !== "back" && children,
      h("p", { className: "grow" }, h("strong", null, text[0]), " ", fill(text[1], { time: since })),
      shown === "back" && h("button", { type: "button", onClick: () => { setShown(""); document.querySelector("main h1")?.focus(); } }, words.dismiss)));
}

// Focus on #target whenever the counter grows, after React has drawn what the handler changed.
export function FocusWhen({ target, seq = 0 }) {
  const last = useRef(seq);
  useEffect(() => {
    if (seq > last.current) requestAnimationFrame(() => focusControl(target));
    last.current = seq;
  }, [seq]);
  return null;
}

// What opened a dialog, or what stands in its place when the list was drawn anew meanwhile.
function remembered(el) {
  if (!el || el === document.body) return () => null;
  // What stands in a menu cannot take the focus once the menu is shut; the menu's own button can.
  const menu = el.closest("details[data-menu]");
  if (menu && !el.matches("summary")) return remembered(menu.querySelector("summary"));
  const { id, tagName, textContent } = el;
  const again = () => (id ? byId(id) : [...document.getElementsByTagName(tagName)].find((other) => other.textContent === textContent));
  return () => (isTouchable(el) ? el : again());
}

// Focus to the first of these that is there, or comes within two seconds, unless the person has gone elsewhere.
function focusFirst(wanted) {
  const until = performance.now() + 2000;
  const look = () => {
    if (document.querySelector("dialog[open]") || (document.activeElement && document.activeElement !== document.body)) return;
    const found = wanted.slice(0, performance.now() < until ? 1 : undefined).map((find) => find()).find(isTouchable);
    if (found) found.focus();
    else if (performance.now() < until) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

// A native modal dialog whose being open is decided by the page (its address), never by itself.
export function Dialog({ open, onClosed, labelledby, describedby, size, fallback, focusKey, children }) {
  const box = useRef(null);
  const opener = useRef(null);
  const wanted = useRef(open);
  wanted.current = open;
  const giveBack = () => {
    const others = [() => fallback && byId(fallback), () => document.querySelector("main h1")];
    document.activeElement?.blur();
    focusFirst(opener.current() === null ? [() => others.map((find) => find()).find(isTouchable)] : [opener.current, ...others]);
    opener.current = null;
  };
  useEffect(() => {
    const el = box.current;
    if (open && !opener.current) {
      opener.current = remembered(document.activeElement);
      if (!el.open) el.showModal();
    } else if (!open && opener.current) {
      if (el.open) el.close();
      giveBack();
    }
  }, [open]);
  useEffect(() => { if (open) box.current.querySelector("[data-heading]")?.focus(); }, [open, focusKey]);
  useEffect(() => () => { if (opener.current) giveBack(); }, []);
  const leave = (event) => {
    if (event.target !== box.current) return;
    if (event.type === "cancel") event.preventDefault();
    if (wanted.current) onClosed?.();
  };
  return h("dialog", { ref: box, className: "ct-dialog", "data-size": size, "aria-labelledby": labelledby, "aria-describedby": describedby, onCancel: leave, onClose: leave }, open ? children : null);
}

function answersOf(form) {
  const answers = {};
  for (const [name, value] of new FormData(form).entries()) {
    if (typeof value !== "string") continue;
    answers[name] = name in answers ? [].concat(answers[name], value) : value;
  }
  return answers;
}

// Sends the answers of the form it stands in: when it is submitted, and as a draft after a pause in typing, after a
// choice and on leaving a field. A draft is never sent while offline.
export function Answers({ onAnswers, onDraft, pause = 2000 }) {
  const mark = useRef(null);
  const handlers = useRef({});
  handlers.current = { onAnswers, onDraft };
  useEffect(() => {
    const form = mark.current.closest("form");
    let dirty = false, timer;
    const soon = (wait) => { dirty = true; clearTimeout(timer); timer = setTimeout(save, wait); };
    const save = () => {
      clearTimeout(timer);
      if (!dirty || !handlers.current.onDraft) return;
      if (isOffline()) { soon(pause); return; }
      dirty = false;
      handlers.current.onDraft(answersOf(form));
    };
    const listeners = {
      input: () => soon(pause),
      // A choice may decide which questions follow, so it is not kept waiting.
      change: (event) => { if (event.target.matches("select,[type=radio],[type=checkbox],[type=hidden]")) soon(100); },
      focusout: (event) => { if (!event.relatedTarget?.matches?.("[data-primary]")) save(); },
      submit: (event) => {
        event.preventDefault();
        dirty = false;
        clearTimeout(timer);
        handlers.current.onAnswers?.(answersOf(form));
      },
    };
    Object.entries(listeners).forEach(([kind, listen]) => form.addEventListener(kind, listen));
    return () => {
      save();
      Object.entries(listeners).forEach(([kind, listen]) => form.removeEventListener(kind, listen));
    };
  }, []);
  return h("span", { ref: mark, hidden: true });
}

// "You have 3,912 characters remaining", from three quarters of the limit on; typing over the limit is allowed.
export function CharacterCount({ control, limit, words }) {
  const [left, setLeft] = useState(limit);
  useEffect(() => {
    const el = byId(control);
    let timer;
    const count = () => {
      const now = limit - el.value.length;
      setLeft(now);
      clearTimeout(timer);
      if (now <= limit / 4) timer = setTimeout(() => say(told(now)), 1000);
    };
    setLeft(limit - el.value.length);
    el.addEventListener("input", count);
    return () => { clearTimeout(timer); el.removeEventListener("input", count); };
  }, [control, limit]);
  const told = (n) => fill(n === 1 ? words.oneLeft : n < -1 ? words.over : n === -1 ? words.oneOver : words.left, { n: Math.abs(n).toLocaleString("en-GB") });
  return left <= limit / 4 ? h("p", { className: left < 0 ? "ct-error" : "ct-hint" }, told(left)) : null;
}

const alike = (one, other) => one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();

// A field that finds a person or a team by name: a combobox whose list comes from the server, a few at a time. What is
// typed stays; without a choice it is sent behind `mark`, so that the server can say that nothing was chosen.
export function Picker({ id, name, label, value, chosen, mark, found, words, describedby, invalid, onSearch }) {
  const [text, setText] = useState(chosen);
  const [picked, setPicked] = useState(value.startsWith(mark) ? "" : value);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const asked = useRef(null), timer = useRef(0), hidden = useRef(null), first = useRef(true);
  const mine = found.name === name ? found.options : [];
  const options = open ? mine : [];
  const answered = open && found.name === name && found.text === asked.current;
  const list = `${id}-list`;
  const search = (wanted, wait) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { asked.current = wanted.trim(); onSearch(asked.current); }, wait);
  };
  const show = () => { if (!open) { setOpen(true); setAt(-1); search(picked ? "" : text, 0); } };
  const choose = (option) => { setText(option.label); setPicked(option.value); setOpen(false); setAt(-1); };
  const type = (event) => { setText(event.target.value); setPicked(""); setOpen(true); setAt(-1); search(event.target.value, 200); };
  const leave = () => {
    const exact = mine.filter((option) => alike(option.label, text));
    if (!picked && exact.length === 1) choose(exact[0]);
    setOpen(false);
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") { event.preventDefault(); if (open) setAt(Math.min(at + 1, options.length - 1)); else show(); }
    else if (!open) return;
    else if (event.key === "ArrowUp") { event.preventDefault(); setAt(Math.max(at - 1, -1)); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setOpen(false); }
    else if (event.key === "Enter") { event.preventDefault(); if (options[at]) { choose(options[at]); say(fill(words.chosen, { name: options[at].label })); } }
  };
  useEffect(() => {
    if (first.current) first.current = false;
    else hidden.current.dispatchEvent(new Event("change", { bubbles: true }));
  }, [picked]);
  useEffect(() => { if (answered) say(found.words); }, [found]);
  useEffect(() => { byId(`${id}-${at}`)?.scrollIntoView({ block: "nearest" }); }, [at]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const one = (option, n) => h("li", { key: option.value, id: `${id}-${n}`, role: "option", "aria-selected": n === at, onMouseDown: (event) => event.preventDefault(), onClick: () => choose(option) },
    h("span", { className: "font-medium" }, option.label), option.hint && h("span", { className: "ct-hint" }, " ", option.hint));
  return h("div", { className: "ct-picker" },
    h("input", { ref: hidden, type: "hidden", name, value: picked || (text.trim() && mark + text.trim()) }),
    h("input", { id, type: "text", role: "combobox", className: "ct-control", autoComplete: "off", spellCheck: false, value: text, "aria-autocomplete": "list", "aria-expanded": options.length > 0, "aria-controls": list, "aria-activedescendant": options[at] ? `${id}-${at}` : undefined, "aria-invalid": invalid, "aria-describedby": describedby, onChange: type, onKeyDown: press, onBlur: leave, onClick: show }),
    (options.length > 0 || answered) && h("div", { className: "ct-options" },
      options.length > 0 && h("ul", { id: list, role: "listbox", "aria-label": label }, options.map(one)),
      answered && (options.length === 0 || found.has_more) && h("p", { className: "ct-hint" }, found.words)));
}

const sizeWords = (bytes) => (bytes < 1e6 ? Math.max(1, Math.round(bytes / 1e3)) + " KB" : (bytes / 1e6).toFixed(1) + " MB");

function send(file, { url, fieldName }, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-Requested-With", "casetasks");
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(Math.round((100 * event.loaded) / event.total));
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(request.response?.detail));
    request.onerror = () => reject();
    const body = new FormData();
    body.append(fieldName, file, file.name);
    request.send(body);
  });
}

// A real button and a drop zone; each file goes to our own route by itself, with progress in words.
export function Uploader({ id, url, accept, kinds, limit, words, describedby, invalid, fieldName = "file", onUploaded }) {
  const [files, setFiles] = useState([]);
  const [over, setOver] = useState(false);
  const input = useRef(null);
  const change = (key, part) => setFiles((all) => all.map((f) => (f.key === key ? { ...f, ...part } : f)));
  const start = async (entry) => {
    const { key, file } = entry;
    const name = file.name;
    if (isOffline()) { change(key, { error: words.notSent }); say(words.notSent); return; }
    if (file.size === 0) { change(key, { error: fill(words.empty, { name }), isFinal: true }); return; }
    if (accept && !accept.split(",").some((ending) => name.toLowerCase().endsWith(ending))) { change(key, { error: fill(words.wrongKind, { name, kinds }), isFinal: true }); return; }
    if (limit && file.size >= limit) { change(key, { error: fill(words.tooBig, { name, size: sizeWords(limit).replace(".0", "") }), isFinal: true }); return; }
    change(key, { error: null, percent: 0 });
    let told = 0;
    try {
      const stored = await send(file, { url, fieldName }, (percent) => {
        change(key, { percent });
        if (percent - told >= 25) { told = percent; say(fill(words.uploading, { name, percent })); }
      });
      setFiles((all) => all.filter((f) => f.key !== key));
      say(fill(words.uploaded, { name }));
      onUploaded?.(stored);
    } catch (reason) {
      const error = typeof reason === "string" ? reason : fill(words.failed, { name });
      change(key, { error });
      say(error);
    }
  };
  const add = (list) => {
    const added = [...list].map((file) => ({ key: crypto.randomUUID?.() ?? String(Math.random()), file, percent: 0 }));
    setFiles((all) => [...all, ...added]);
    added.forEach(start);
  };
  const drop = (event) => { event.preventDefault(); setOver(false); add(event.dataTransfer.files); };
  return h("div", { className: "flex flex-col gap-2" },
    h("div", { className: "ct-drop", "data-over": over, onDragOver: (e) => { e.preventDefault(); setOver(true); }, onDragLeave: () => setOver(false), onDrop: drop },
      h("input", { ref: input, type: "file", multiple: true, accept, hidden: true, onChange: (e) => { add(e.target.files); e.target.value = ""; } }),
      h("button", { id, type: "button", className: "ct-button", "data-mutates": "", "aria-describedby": describedby, "aria-invalid": invalid || undefined, onClick: () => input.current.click() }, words.choose),
      h("span", { className: "ct-hint" }, words.drop)),
    files.length > 0 && h("ul", { className: "flex flex-col gap-2" }, files.map((f) => h("li", { key: f.key, className: "flex flex-wrap items-center gap-2 text-sm", "data-uploading": f.error ? undefined : "" },
      h("span", { className: "break-all" }, f.file.name, " ", h("span", { className: "ct-hint" }, sizeWords(f.file.size))),
      f.error ? h("span", { className: "ct-error" }, f.error) : h("progress", { max: 100, value: f.percent, "aria-label": fill(words.uploading, { name: f.file.name, percent: f.percent }) }),
      f.error && !f.isFinal && h("button", { type: "button", className: "ct-button", "data-size": "small", "data-mutates": "", "aria-label": fill(words.againName, { name: f.file.name }), onClick: () => start(f) }, words.again),
      f.error && h("button", { type: "button", className: "ct-button", "data-size": "small", "aria-label": fill(words.removeName, { name: f.file.name }), onClick: () => { setFiles((all) => all.filter((x) => x.key !== f.key)); input.current?.parentElement.querySelector("button")?.focus(); } }, words.remove)))));
}

// A form that the browser posts itself: Reflex's own forms never leave the page.
export function PostForm({ action, children }) {
  return h("form", { action, method: "post" }, children);
}

const bare = (path) => decodeURI(path ?? "").replace(/\/+$/, "");

// Content that waits for its page's load handlers, once for each path: a skeleton until then, so that nothing of the page
// before is seen. A change of the query alone (a dialog, a step, a sort) leaves the content where it is.
export function Settled({ ready, at, rows = 8, children }) {
  const { pathname } = useLocation();
  const seen = useRef({});
  if (seen.current.path !== bare(pathname)) seen.current = { path: bare(pathname), open: false };
  // What is ready for another path than the one shown belongs to the page before; the server says which path it has loaded.
  if (ready && bare(at) === bare(pathname)) seen.current.open = true;
  if (seen.current.open) return children;
  return h("div", { "aria-hidden": "true", className: "flex flex-col gap-2 py-2" },
    Array.from({ length: rows }, (_, row) => h("div", { key: row, className: "ct-skeleton" })));
}

// A list's address is the truth: what is found, chosen or taken away is a step to another address, without a reload.
function useStep() {
  const navigate = useNavigate();
  return (to) => navigate(to, { preventScrollReset: true });
}

// "Find in this list": goes to the address with what was typed, on Enter or on Find; typing alone does nothing.
export function FindField({ id, base, value = "", words }) {
  const step = useStep();
  const input = useRef(null);
  useEffect(() => { if (input.current.value.trim() !== value) input.current.value = value; }, [value]);
  const find = (event) => {
    event.preventDefault();
    const typed = input.current.value.trim().slice(0, 80);
    step(typed ? base + encodeURIComponent(typed) : base.replace(/[?&]q=$/, ""));
  };
  return h("form", { role: "search", "aria-label": words.label, className: "ct-find", onSubmit: find, noValidate: true },
    h("label", { htmlFor: id, className: "text-sm font-medium" }, words.label),
    h("div", { className: "flex gap-2" },
      h("input", { id, ref: input, type: "search", name: "q", defaultValue: value, autoComplete: "off", maxLength: 80, "aria-describedby": id + "-hint", className: "ct-control" }),
      h("button", { type: "submit", className: "ct-button" }, words.press)),
    h("p", { id: id + "-hint", className: "ct-hint ct-no-print" }, words.hint));
}

// A box of a filter: it shows at once what was chosen, and goes to the address that says so.
export function FilterTick({ checked, to, label, count }) {
  const step = useStep();
  const [on, setOn] = useState(checked);
  useEffect(() => setOn(checked), [checked, to]);
  return h("label", { className: "ct-check text-sm" },
    h("input", { type: "checkbox", checked: on, onChange: () => { setOn(!on); step(to); } }),
    h("span", { className: "grow" }, label, " ", h("span", { className: "text-ink-muted ct-num" }, "(", count, ")")));
}

// A box and a choice that are carried out at once and show at once what was chosen, before the answer is there.
export function OwnTick({ name, label, checked, onTick }) {
  const [on, setOn] = useState(checked);
  useEffect(() => setOn(checked), [checked]);
  return h("label", { className: "ct-check text-sm" },
    h("input", { type: "checkbox", checked: on, "data-mutates": "", onChange: () => { setOn(!on); onTick(name, !on); } }), h("span", null, label));
}

export function OwnRadios({ name, value, options, onChoose }) {
  const [chosen, setChosen] = useState(value);
  useEffect(() => setChosen(value), [value]);
  return Object.entries(options).map(([key, label]) => h("label", { key, className: "ct-check text-sm" },
    h("input", { type: "radio", name, value: key, checked: chosen === key, "data-mutates": "", onChange: () => { setChosen(key); onChoose(key); } }), h("span", null, label)));
}

// What is chosen, each to be taken away. Afterwards the focus is on the next one, or on the find field.
export function Chips({ chips, words, find }) {
  const step = useStep();
  const box = useRef(null);
  const next = useRef(null);
  useEffect(() => {
    if (next.current === null) return;
    (box.current?.querySelectorAll("button")[next.current] ?? byId(find))?.focus();
    next.current = null;
  }, [chips]);
  return h("ul", { ref: box, className: "flex flex-wrap gap-2 empty:hidden", "aria-label": words.all }, chips.map((chip, at) =>
    h("li", { key: chip.label }, h("button", { type: "button", className: "ct-chip", "aria-label": words.remove + " " + chip.label, onClick: () => { next.current = at; step(chip.href); } },
      chip.label, h("span", { "aria-hidden": "true" }, "×")))));
}

// What may be done with the ticked rows of the list. The ticks live in the browser; the server is told only whether there
// are any, so that the list holds still meanwhile. `seq` grows when they are to be taken off again. With the whole page
// ticked, all that match on every page (`total`) are one press away; which those are, the server finds out with the verb.
export function Selection({ words, verbs, seq = 0, exportHref, total = 0, aside = "", onDo, onDoAll, onSelecting }) {
  const [ids, setIds] = useState([]);
  const [isPage, setIsPage] = useState(false);
  const [isAll, setIsAll] = useState(false);
  const clearing = useRef(null);
  const handlers = useRef({});
  handlers.current = { onDo, onDoAll, onSelecting };
  const boxes = () => [...document.querySelectorAll("input[data-select]")];
  const count = () => {
    const all = boxes(), on = all.filter((box) => box.checked);
    const every = document.querySelector("input[data-select-all]");
    if (every) { every.checked = all.length > 0 && on.length === all.length; every.indeterminate = on.length > 0 && on.length < all.length; }
    const whole = all.length > 0 && on.length === all.length;
    setIsPage(whole);
    if (!whole) setIsAll(false);
    setIds((before) => (before.join() === on.map((box) => box.value).join() ? before : on.map((box) => Number(box.value))));
  };
  const clear = () => { boxes().forEach((box) => { box.checked = false; }); count(); };
  useEffect(() => {
    const changed = (event) => {
      if (event.target.matches?.("input[data-select-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
      if (event.target.matches?.("input[data-select],input[data-select-all]")) count();
    };
    const rows = new MutationObserver(count);
    rows.observe(byId("main"), { childList: true, subtree: true });
    document.addEventListener("change", changed);
    return () => { rows.disconnect(); document.removeEventListener("change", changed); };
  }, []);
  const selecting = useRef(false);
  useEffect(() => {
    if (selecting.current === ids.length > 0) return;
    selecting.current = ids.length > 0;
    handlers.current.onSelecting?.(selecting.current);
  }, [ids]);
  const last = useRef(seq);
  useEffect(() => { if (last.current !== seq) clear(); last.current = seq; }, [seq]);
  const offersAll = isPage && total > ids.length;
  const many = (isAll ? total : ids.length).toLocaleString("en-GB");
  const onPage = fill(words.page, { n: ids.length }), all = fill(words.all, { n: total.toLocaleString("en-GB"), aside });
  useEffect(() => { if (offersAll && !isAll) say(onPage); }, [offersAll]);
  const selectAll = () => { setIsAll(true); clearing.current?.focus(); say(fill(words.everything, { n: total.toLocaleString("en-GB"), aside })); };
  // A link that downloads, because any other way of leaving would close the page's connection.
  const download = () => {
    const link = document.createElement("a");
    Object.assign(link, { href: `${exportHref}${exportHref.includes("?") ? "&" : "?"}only=${ids.join()}`, download: "" });
    if (isAll) link.href = exportHref;
    link.click();
    say(fill(words.exporting, { n: many }));
  };
  const press = (verb) => { if (ids.length === 0) say(words.nothing); else if (verb === "export") download(); else if (isAll) handlers.current.onDoAll?.(verb); else handlers.current.onDo?.(verb, ids); };
  return h("div", { role: "group", "aria-label": words.label, className: "ct-bulk ct-no-print" },
    h("span", { className: "ct-num" }, !offersAll ? fill(words.selected, { n: many }) : isAll ? fill(words.everything, { n: many, aside }) : onPage),
    verbs.map((verb) => h("button", { key: verb, type: "button", className: "ct-button", "data-size": "small", "data-mutates": verb === "export" ? undefined : "", onClick: () => press(verb) }, words[verb], h("span", { className: "ct-hidden" }, " ", words.them))),
    ids.length > 0 && h("button", { type: "button", className: "ct-button", "data-look": "link", "data-size": "small", ref: clearing, onClick: clear }, words.clear),
    offersAll && !isAll && h("button", { type: "button", className: "ct-button", "data-size": "small", onClick: selectAll }, all));
}
