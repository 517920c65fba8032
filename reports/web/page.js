// The page on which a case is corrected. The server holds the truth: this
// script shows its state, sends decisions, and asks for the state again when
// the server says that there is a new one. Text is only ever set as text.
"use strict";

const $ = (id) => document.getElementById(id);
const panes = [0, 1].map((i) => ({ party: $("party-" + i), text: $("text-" + i), at: null, words: [], from: 0, to: 0, mark: null, drawn: [] }));
let fixed = null; // the texts, which do not change
let state = null; // what the decisions make of them
let byId = new Map(); // its claims
let chosen = ""; // key of the chosen pair
let claim = ""; // id of the chosen claim
let shown = 40; // points on the page
let queue = Promise.resolve(); // decisions go out one after the other

const el = (name, props, ...children) => {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(props || {})) {
    if (k === "dataset") Object.assign(e.dataset, v);
    else if (k.startsWith("aria-") || k === "role") e.setAttribute(k, v);
    else e[k] = v;
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return e;
};

const say = (text, bad) => {
  $("status").textContent = text;
  $("status").classList.toggle("bad", Boolean(bad));
};

async function get(path) {
  const r = await fetch(path, { cache: "no-store" });
  if (!r.ok) throw new Error("the program answers " + r.status);
  return r.json();
}

// send sends one decision, and shows what becomes of it. A decision that
// depends on those before it is made by a function when its turn comes.
function send(decision, done) {
  const sent = queue.then(() => sendNow(decision, done));
  queue = sent;
  return sent;
}

async function sendNow(decision, done) {
  try {
    if (typeof decision === "function") [decision, done] = decision();
    if (!decision) {
      say(done, true);
      return false;
    }
    const r = await fetch("decide", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ who: $("who").value, ...decision }),
    });
    const answer = await r.json();
    if (!r.ok) {
      say(answer.error[0].toUpperCase() + answer.error.slice(1) + ".", true);
      if (!$("who").value.trim()) $("who").focus();
      return false;
    }
    await refresh();
    say(done);
    return true;
  } catch (e) {
    say("Not kept: the program does not answer. Is it still running?", true);
    return false;
  }
}

let asked = 0;
async function refresh() {
  const mine = ++asked;
  const had = state;
  const next = await get("state.json" + (had ? "?since=" + had.version : ""));
  if (mine < asked && state) return; // a later answer counts
  if ("since" in next) for (const list of ["claims", "rows", "overruled"]) next[list] = next[list].flatMap((item) => (Array.isArray(item) ? had[list].slice(...item) : [item]));
  state = next;
  byId = new Map(state.claims.map((c) => [c.id, c]));
  draw();
}

// --- pairs -----------------------------------------------------------------

const key = (p) => p.a + " " + p.b;
const run = (c) => ({ party: c.party, statement: c.statement, start: c.start, end: c.end });
const verdict = (p) => (p.relation ? p.relation + "/" + p.kind : "none/");

function verdicts(select, current) {
  select.replaceChildren();
  for (const r of fixed.kinds) {
    const group = el("optgroup", { label: r.relation });
    for (const k of r.kinds) group.append(el("option", { value: r.relation + "/" + k, textContent: r.relation + ": " + k, title: fixed.meaning[k] }));
    select.append(group);
  }
  select.append(el("option", { value: "none/", textContent: "do not meet" }));
  select.value = current;
}

function pass(p) {
  switch ($("filter").value) {
    case "": return true;
    case "open": return !p.person;
    case "decided": return Boolean(p.person);
    case "solid": return !p.weak;
    case "weak": return Boolean(p.weak);
    default: return p.relation === $("filter").value;
  }
}

function decide(p, to, note) {
  const [relation, kind] = to.split("/");
  const words = relation === "none" ? "Rejected." : to === verdict(p) ? "Accepted." : "Changed to " + relation + " (" + kind + ").";
  return send({ what: "pair", a: run(byId.get(p.a)), b: run(byId.get(p.b)), relation, kind, note: note || "" }, words);
}

function card(p, rejected) {
  const k = key(p);
  const letter = { agree: "A", conflict: "C", framing: "F" }[p.relation] || "";
  const said = (id) => {
    const c = byId.get(id);
    return el("button", { type: "button", className: "said", dir: "auto", dataset: { show: id } },
      el("b", { textContent: fixed.parties[c.party].name + ": " }), "“" + c.text + "”" + (c.source ? " (source: " + c.source + ")" : ""));
  };
  const change = el("select", { dataset: { act: "verdict" }, "aria-label": "Relation and kind" });
  verdicts(change, rejected ? "none/" : verdict(p));
  const li = el("li", { className: "pair", tabIndex: -1, "aria-label": (rejected ? "rejected: " : "") + p.relation + " (" + p.kind + ")", dataset: { key: k } },
    el("p", {}, el("span", { className: "chip " + p.relation, textContent: letter + " " + p.relation }), " " + p.kind + " ", el("span", { className: "score", textContent: (p.weak ? "weak, " : "") + p.score })),
    said(p.a), said(p.b),
    el("p", { className: "reason", dir: "auto", textContent: p.reason }),
    p.by ? el("p", { className: "by", dir: "auto", textContent: p.by }) : null,
    ...(p.notes || []).map((n) => el("p", { className: "notes", dir: "auto", textContent: "Note, " + n })),
    el("div", { className: "acts" },
      el("button", { type: "button", dataset: { act: "accept" } }, rejected ? "Take back in" : "Accept"),
      rejected ? null : el("button", { type: "button", dataset: { act: "reject" } }, "Reject"),
      change,
      el("button", { type: "button", dataset: { act: "note" }, "aria-expanded": "false" }, "Note")));
  return li;
}

function noteField(li) {
  let form = li.querySelector(".note");
  if (!form) {
    form = el("div", { className: "note" },
      el("input", { type: "text", maxLength: 1000, "aria-label": "Note", placeholder: "Why? Goes with the next decision, or alone with Keep", dataset: { act: "why" } }),
      el("button", { type: "button", dataset: { act: "keep" } }, "Keep"));
    li.append(form);
    li.querySelector('[data-act="note"]').setAttribute("aria-expanded", "true");
  }
  form.querySelector("input").focus();
}

function pairOf(k) {
  for (const row of state.rows) for (const p of row.pairs) if (key(p) === k) return [p, false];
  for (const p of state.overruled) if (key(p) === k) return [p, true];
  return [null, false];
}

function act(li, what) {
  const [p, rejected] = pairOf(li.dataset.key);
  if (!p) return;
  const why = li.querySelector('[data-act="why"]');
  const note = why ? why.value : "";
  const next = cards()[cards().indexOf(li) + 1];
  const after = next ? next.dataset.key : "";
  switch (what) {
    case "accept": decide(p, verdict(p), note); break;
    case "reject": if (!rejected) decide(p, "none/", note).then((ok) => { if (ok && !cards().some((c) => c.dataset.key === li.dataset.key && c.closest("#rows"))) choose(after, true); }); break;
    case "verdict": decide(p, li.querySelector("select").value, note); break;
    case "note": noteField(li); break;
    case "keep":
      if (note.trim()) {
        if (why) why.value = "";
        send({ what: "note", a: run(byId.get(p.a)), b: run(byId.get(p.b)), note }, "Note kept.");
      }
      break;
  }
}

const cards = () => [...document.querySelectorAll(".pair")];

// choose makes a pair the chosen one and shows its claims.
function choose(k, focus) {
  chosen = k;
  for (const c of cards()) {
    const on = c.dataset.key === k;
    c.classList.toggle("chosen", on);
    if (on && focus) {
      c.focus({ preventScroll: true });
      c.scrollIntoView({ block: "nearest" });
    }
  }
  const [p] = pairOf(k);
  if (p) show([p.a, p.b]);
}

function step(by) {
  const list = cards();
  const at = list.findIndex((c) => c.dataset.key === chosen);
  if (by > 0 && at === list.length - 1 && !$("more").hidden) {
    shown += 40;
    draw();
    return step(by);
  }
  const to = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
  if (to) choose(to.dataset.key, true);
}

// --- drawing ---------------------------------------------------------------

function focused() {
  const a = document.activeElement;
  const li = a && a.closest && a.closest(".pair");
  if (!li) return null;
  const why = li.querySelector('[data-act="why"]');
  return { key: li.dataset.key, act: a.dataset.act || "", show: a.dataset.show || "", index: cards().indexOf(li), why: why ? why.value : null };
}

// point is the item of a row. One that shows the same as before is the same
// item, with the focus and what was typed in it.
const points = new WeakMap();
function point(row, pairs, number) {
  const of = [number, ...pairs, ...pairs.flatMap((p) => [byId.get(p.a), byId.get(p.b)])];
  const before = points.get(row);
  if (before && same(before.of, of)) return before.item;
  const item = el("li", {}, el("h3", { dir: "auto", textContent: number + ". " + row.topic }), el("ul", { className: "pairs" }, ...pairs.map((p) => card(p, false))));
  points.set(row, { of, item });
  return item;
}

const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

// put makes items the children of a list, and leaves alone those that are.
function put(list, items) {
  const stay = new Set(items);
  for (const item of [...list.children]) if (!stay.has(item)) item.remove();
  items.forEach((item, i) => {
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] || null);
  });
}

function draw() {
  const had = focused();
  const scroll = $("points").scrollTop;
  const list = [];
  let left = 0;
  state.rows.forEach((row, i) => {
    const pairs = row.pairs.filter(pass);
    if (!pairs.length) return;
    if (list.length >= shown) {
      left++;
      return;
    }
    list.push(point(row, pairs, i + 1));
  });
  put($("rows"), list);
  $("nothing").hidden = list.length > 0;
  $("more").hidden = left === 0;
  $("more").textContent = "Show more points (" + left + ")";
  const rejected = state.overruled.filter((p) => pass(p) || $("filter").value === "decided");
  $("struck").hidden = rejected.length === 0;
  $("rejected").replaceChildren(...rejected.map((p) => card(p, true)));
  $("progress").textContent = state.decided + " of " + state.pairs + " pairs decided";
  drawLog();
  for (const c of cards()) c.classList.toggle("chosen", c.dataset.key === chosen);
  for (const pane of panes) drawPane(pane);
  drawClaim();
  $("points").scrollTop = scroll;
  if (had) {
    const again = cards().find((c) => c.dataset.key === had.key);
    if (again) {
      if (had.why) {
        noteField(again);
        again.querySelector('[data-act="why"]').value = had.why;
      }
      const control = had.act ? again.querySelector('[data-act="' + had.act + '"]') : null;
      (control || again).focus({ preventScroll: true });
    } else if (cards().length) {
      cards()[Math.min(had.index, cards().length - 1)].focus({ preventScroll: true });
    }
  }
  const [p] = pairOf(chosen);
  if (p) light([p.a, p.b]);
}

function drawLog() {
  const lost = $("lost");
  lost.hidden = state.lost.length + state.problems.length === 0;
  lost.replaceChildren(
    el("strong", { textContent: "Decisions that could not be applied; they stay in the file:" }),
    el("ul", {}, ...state.lost.map((l) => el("li", { dir: "auto", textContent: l.who + ", " + l.what + " – " + l.reason + " (line " + l.line + ")" })), ...state.problems.map((s) => el("li", { textContent: s }))));
  $("history").replaceChildren(...state.history.map((h) => {
    const li = el("li", { className: h.undone ? "undone" : "", dir: "auto" }, h.time + " " + h.who + ": " + h.what + " ");
    if (!h.undone && h.what !== "undo") li.append(el("button", { type: "button", dataset: { undo: h.id } }, "Undo"));
    return li;
  }));
}

// --- statements ------------------------------------------------------------

function statementAt(pane) {
  const [party, statement] = pane.party.value.split("/").map(Number);
  return { party, statement, of: fixed.parties[party].statements[statement] };
}

// drawPane cuts the text wherever a claim begins or ends.
function drawPane(pane) {
  const { party, statement, of } = statementAt(pane);
  const claims = state.claims.filter((c) => c.party === party && c.statement === statement);
  if (pane.at === pane.party.value && same(pane.drawn, claims)) return;
  if (pane.at !== pane.party.value) {
    pane.at = pane.party.value;
    pane.words = [...of.text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’']*/gu)].map((m) => [m.index, m.index + m[0].length]);
    pane.from = pane.to = 0;
    setMark(pane, null);
  }
  pane.drawn = claims;
  const scroll = pane.text.scrollTop;
  const cuts = new Set();
  for (const c of claims) cuts.add(c.start).add(c.end);
  const ends = [...cuts].sort((a, b) => a - b);
  const spans = (start, end) => {
    const out = [];
    for (let at = start; at < end; ) {
      const next = Math.min(end, ends.find((e) => e > at) ?? end);
      const over = claims.filter((c) => c.start <= at && c.end > at).sort((a, b) => a.end - a.start - (b.end - b.start));
      const span = el("span", { dataset: { at: at } }, of.text.slice(at, next));
      if (over.length) {
        span.className = "s " + over[0].class + (over.some((c) => c.by) ? " mine" : "");
        span.dataset.claims = over.map((c) => c.id).join(" ");
        span.title = over.map((c) => c.type + (c.by ? ", " + c.by : "")).join("; ");
      }
      out.push(span);
      at = next;
    }
    return out;
  };
  const blocks = [];
  let at = 0;
  const add = (kind, start, end, marker) => {
    if (start < end && (kind !== "gap" || of.text.slice(start, end).trim())) {
      blocks.push(el("p", { className: "b " + kind, dir: "auto" }, marker ? marker + " " : "", ...spans(start, end)));
    }
  };
  for (const b of of.blocks) {
    if (b.start < at) continue;
    add("gap", at, b.start);
    add(b.kind.replace(/[^a-z]/g, ""), b.start, b.end, b.marker);
    at = b.end;
  }
  add("gap", at, of.text.length);
  pane.text.replaceChildren(...blocks);
  pane.text.scrollTop = scroll;
}

// light marks claims in the statements that are shown.
function light(list) {
  const ids = new Set(list);
  for (const s of document.querySelectorAll(".s")) s.classList.toggle("on", s.dataset.claims.split(" ").some((id) => ids.has(id)));
}

// show brings claims into the panes.
function show(list) {
  list.forEach((id, n) => {
    const c = byId.get(id);
    const where = c.party + "/" + c.statement;
    const pane = panes.find((p) => p.party.value === where) || panes[n];
    if (pane.party.value !== where) {
      pane.party.value = where;
      drawPane(pane);
    }
    const first = [...pane.text.querySelectorAll(".s")].find((s) => s.dataset.claims.split(" ").includes(c.id));
    if (first) pane.text.scrollTop += first.getBoundingClientRect().top - pane.text.getBoundingClientRect().top - pane.text.clientHeight / 3;
  });
  light(list);
}

// place finds the text node and offset of a position of a statement.
function place(pane, at) {
  const spans = pane.text.querySelectorAll("[data-at]");
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (Number(spans[middle].dataset.at) <= at) low = middle;
    else high = middle - 1;
  }
  const node = spans[low] && spans[low].firstChild;
  return node ? [node, Math.min(at - Number(spans[low].dataset.at), node.length)] : null;
}

// offset is the position of a statement at a node and offset.
function offset(node, at) {
  const span = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-at]") : null;
  if (span) return Number(span.dataset.at) + at;
  const next = node.childNodes && node.childNodes[at];
  const inside = next && (next.dataset && next.dataset.at ? next : next.querySelector && next.querySelector("[data-at]"));
  return inside ? Number(inside.dataset.at) : null;
}

// selected is the run of a pane that the browser's selection covers.
function selected(pane) {
  const s = getSelection();
  if (!s.rangeCount || s.isCollapsed) return null;
  const r = s.getRangeAt(0);
  if (!pane.text.contains(r.startContainer) || !pane.text.contains(r.endContainer)) return null;
  const start = offset(r.startContainer, r.startOffset);
  const end = offset(r.endContainer, r.endOffset);
  return start === null || end === null || end <= start ? null : { ...statementAt(pane), start, end };
}

function select(pane) {
  const from = pane.words[Math.min(pane.from, pane.to)];
  const to = pane.words[Math.max(pane.from, pane.to)];
  if (!from || !to) return;
  const a = place(pane, from[0]);
  const b = place(pane, to[1] - 1);
  if (!a || !b) return;
  const s = getSelection();
  s.setBaseAndExtent(a[0], a[1], b[0], b[1] + 1);
  const box = s.getRangeAt(0).getBoundingClientRect();
  const view = pane.text.getBoundingClientRect();
  if (box.top < view.top + 20 || box.bottom > view.bottom - 20) pane.text.scrollTop += box.top - view.top - view.height / 3;
}

// setMark keeps marked words of a pane for a new pair or claim.
function setMark(pane, mark) {
  pane.mark = mark;
  const i = panes.indexOf(pane);
  $("mark-" + i).textContent = mark ? mark.of.text.slice(mark.start, mark.end).replace(/\s+/g, " ") : "";
  $("claim-" + i).disabled = !mark;
  $("pair").disabled = !(panes[0].mark && panes[1].mark);
}

function take(pane) {
  const mark = selected(pane);
  if (mark) {
    setMark(pane, mark);
    say("Marked.");
  }
}

// marked is a run to send: a claim as it stands, or the words as marked.
function marked(m) {
  const c = state.claims.find((c) => c.party === m.party && c.statement === m.statement && c.start === m.start && c.end === m.end);
  return c ? run(c) : { party: m.party, statement: m.statement, start: m.start, end: m.end, marked: true };
}

async function addPair() {
  const [a, b] = panes.map((p) => p.mark);
  if (!a || !b) return say("Mark words in both statements first.", true);
  const [relation, kind] = $("new-verdict").value.split("/");
  if (await send({ what: "pair", a: marked(a), b: marked(b), relation, kind }, "Pair added.")) panes.forEach((p) => setMark(p, null));
}

// --- claims ----------------------------------------------------------------

const claimNow = () => byId.get(claim);

function chooseClaim(id, focus) {
  claim = id;
  drawClaim();
  const c = claimNow();
  if (!c) return;
  light([c.id]);
  if (focus) $("claim").focus();
}

function drawClaim() {
  const c = claimNow();
  $("claim").hidden = !c;
  if (!c) return;
  $("claim-text").textContent = c.text;
  $("claim-by").textContent = c.by || "";
  $("claim-type").value = c.type;
  if (document.activeElement !== $("claim-source")) $("claim-source").value = c.source;
}

// moveClaim moves a bound by a word.
function moveClaim(how) {
  const c = claimNow();
  if (!c) return;
  const text = fixed.parties[c.party].statements[c.statement].text;
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’']*/gu)].map((m) => [m.index, m.index + m[0].length]);
  let from = words.findIndex((w) => w[1] > c.start);
  let to = words.findLastIndex((w) => w[0] < c.end);
  if (how === "start-") from--;
  if (how === "start+") from++;
  if (how === "end-") to--;
  if (how === "end+") to++;
  if (from < 0 || to >= words.length || from > to) return say("There is no further word.", true);
  bounds(c, { party: c.party, statement: c.statement, start: words[from][0], end: words[to][1], marked: true });
}

const bounds = (c, to) => send({ what: "claim", a: run(c), to }, "Bounds changed.");

// --- wiring ----------------------------------------------------------------

document.addEventListener("click", (e) => {
  const t = e.target.closest("button, .s, .pair");
  if (!t) return;
  const li = t.closest(".pair");
  if (t.dataset.act && t.tagName === "BUTTON") return act(li, t.dataset.act);
  if (t.dataset.show) {
    choose(li.dataset.key, false);
    show([t.dataset.show]);
    const [p] = pairOf(li.dataset.key);
    if (p) light([p.a, p.b]);
    return;
  }
  if (t.dataset.undo) return send({ what: "undo", undo: t.dataset.undo }, "Taken back.");
  if (t.dataset.move) return moveClaim(t.dataset.move);
  if (t.classList.contains("s") && getSelection().isCollapsed) return chooseClaim(t.dataset.claims.split(" ")[0], false);
  if (li) choose(li.dataset.key, false);
});

document.addEventListener("change", (e) => {
  const t = e.target;
  const li = t.closest(".pair");
  if (li && t.dataset.act === "verdict") return act(li, "verdict");
  const c = claimNow();
  if (t.id === "claim-type" && c) send({ what: "claim", a: run(c), type: t.value }, "Type changed.");
  if (t.id === "claim-source" && c && t.value.trim() !== c.source) send({ what: "claim", a: run(c), source: t.value }, "Source changed.");
  if (t.id === "filter") {
    shown = 40;
    draw();
  }
  if (t.id === "party-0" || t.id === "party-1") {
    drawPane(panes[Number(t.id.slice(-1))]);
  }
  if (t.id === "who") localStorage.setItem("who", t.value);
});

document.addEventListener("focusin", (e) => {
  const li = e.target.closest && e.target.closest(".pair");
  if (li && li.dataset.key !== chosen) choose(li.dataset.key, false);
});

$("undo").addEventListener("click", undo);
$("help").addEventListener("click", () => $("keys").showModal());
$("more").addEventListener("click", () => {
  shown += 40;
  draw();
});
$("pair").addEventListener("click", addPair);
$("claim-close").addEventListener("click", () => chooseClaim("", false));
$("claim-drop").addEventListener("click", () => {
  const c = claimNow();
  if (c) send({ what: "claim", a: run(c), drop: true }, "No claim any more.");
});
$("claim-bounds").addEventListener("click", () => {
  const c = claimNow();
  const m = panes.map((p) => p.mark).find((m) => m && c && m.party === c.party && m.statement === c.statement);
  if (!m) return say("Mark the words of this statement first.", true);
  bounds(c, { party: m.party, statement: m.statement, start: m.start, end: m.end, marked: true }).then((ok) => {
    if (ok) panes.forEach((p) => setMark(p, null));
  });
});
panes.forEach((pane, i) => {
  $("claim-" + i).addEventListener("click", async () => {
    if (pane.mark && (await send({ what: "claim", a: marked(pane.mark) }, "Claim added."))) setMark(pane, null);
  });
  pane.text.addEventListener("pointerup", () => setTimeout(() => take(pane)));
  pane.text.addEventListener("keydown", (e) => paneKey(pane, e));
});

function undo() {
  return send(() => {
    const mine = state.history.find((h) => !h.undone && h.what !== "undo" && h.who === $("who").value.trim());
    return mine ? [{ what: "undo", undo: mine.id }, "Taken back: " + mine.what] : [null, "You have decided nothing that could be taken back."];
  });
}

function paneKey(pane, e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const last = pane.words.length - 1;
  const { party, statement } = statementAt(pane);
  const claims = state.claims.filter((c) => c.party === party && c.statement === statement);
  switch (e.key) {
    case "ArrowRight":
    case "ArrowLeft":
      pane.to = Math.min(Math.max(pane.to + (e.key === "ArrowRight" ? 1 : -1), 0), last);
      if (!e.shiftKey) pane.from = pane.to;
      break;
    case "ArrowDown":
    case "ArrowUp": {
      const at = pane.words[pane.from] ? pane.words[pane.from][0] : 0;
      const c = e.key === "ArrowDown" ? claims.find((c) => c.start > at) : claims.findLast((c) => c.start < at);
      if (!c) break;
      pane.from = Math.max(pane.words.findIndex((w) => w[1] > c.start), 0);
      pane.to = Math.max(pane.words.findLastIndex((w) => w[0] < c.end), pane.from);
      chooseClaim(c.id, false);
      break;
    }
    case "Enter":
      take(pane);
      e.preventDefault();
      return;
    case "c": {
      const at = pane.words[pane.to] ? pane.words[pane.to][0] : 0;
      const over = claims.filter((c) => c.start <= at && c.end > at).sort((a, b) => a.end - a.start - (b.end - b.start));
      if (over.length) chooseClaim(over[0].id, true);
      e.preventDefault();
      e.stopPropagation();
      return;
    }
    default:
      return;
  }
  e.preventDefault();
  select(pane);
}

document.addEventListener("keydown", (e) => {
  const t = e.target;
  if ($("keys").open || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === "Escape") {
    const li = cards().find((c) => c.dataset.key === chosen);
    if (li) li.focus();
    return;
  }
  if (e.key === "Enter" && t.dataset.act === "why") return act(t.closest(".pair"), "keep");
  if (!$("letters").checked || t.matches("input, select, textarea")) return;
  const li = cards().find((c) => c.dataset.key === chosen);
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => li && act(li, "accept"),
    r: () => li && act(li, "reject"),
    n: () => li && noteField(li),
    v: () => li && li.querySelector("select").focus(),
    1: () => $("text-0").focus(),
    2: () => $("text-1").focus(),
    p: addPair,
    u: undo,
    "?": () => $("keys").showModal(),
  };
  if (Object.hasOwn(keys, e.key)) {
    e.preventDefault();
    keys[e.key]();
  }
});

async function start() {
  fixed = await get("text.json");
  document.title = fixed.title + ": review";
  $("title").textContent = fixed.title;
  $("notice").textContent = fixed.notice;
  for (const pane of panes) {
    fixed.parties.forEach((p, i) => p.statements.forEach((s, j) => pane.party.append(el("option", { value: i + "/" + j, textContent: p.name + ": " + s.describe }))));
  }
  const second = fixed.parties.findIndex((p, i) => i > 0 && p.statements.length);
  if (second > 0) panes[1].party.value = second + "/0";
  verdicts($("new-verdict"), "agree/same");
  $("claim-type").append(...fixed.types.map((t) => el("option", { textContent: t })));
  await refresh();
  performance.mark("drawn"); // how long it takes is measured in a test
  $("who").value = localStorage.getItem("who") || state.who;
  const events = new EventSource("events");
  let lost = false;
  events.onmessage = (e) => {
    if (lost) say("Connected again.");
    lost = false;
    if (Number(e.data) !== state.version) refresh().catch(() => say("The program does not answer. Is it still running?", true));
  };
  events.onerror = () => {
    lost = true;
    say("The program does not answer. Is it still running?", true);
  };
}

start().catch((e) => say("The page could not be loaded: " + e.message, true));
