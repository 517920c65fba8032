"use strict";
(() => {
  const $ = (s, el = document) => el.querySelector(s);
  const $$ = (s, el = document) => [...el.querySelectorAll(s)];
  const add = (parent, tag, cls, text) => {
    const el = document.createElement(tag);
    if (cls) el.className = cls;
    if (text) el.textContent = text;
    parent.append(el);
    return el;
  };
  const push = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);

  // The page is the data: every claim, pair and span is read from it once.
  const claims = new Map(), marks = new Map(), spans = new Map(), meets = new Map();
  $$(".claim").forEach(el => claims.set(el.dataset.c, el));
  $$(".m").forEach(el => marks.set(el.dataset.c, el));
  $$(".s").forEach(el => el.dataset.c.split(" ").forEach(c => push(spans, c, el)));
  $$(".pair").forEach(el => {
    push(meets, el.dataset.a, { el, other: el.dataset.b });
    push(meets, el.dataset.b, { el, other: el.dataset.a });
  });

  const panel = $("#panel");
  const wide = matchMedia("(min-width: 60.01rem)");
  let current = null;
  document.body.classList.add("live-on");
  $$(".live").forEach(el => { el.hidden = false; });

  // A claim and what it meets.
  const light = (c, cls) => (spans.get(c) || []).forEach(el => el.classList.add(cls));
  const dark = () => {
    $$(".s.on, .s.met").forEach(el => el.classList.remove("on", "met"));
    $$(".m[aria-current]").forEach(el => el.removeAttribute("aria-current"));
  };
  const show = c => { // keep the chosen claim above the panel
    const mark = marks.get(c);
    if (!mark) return;
    const columns = $(".columns"), edge = panel.getBoundingClientRect().top, box = columns.getBoundingClientRect();
    if (wide.matches && (box.top < 0 || box.bottom > edge)) columns.scrollIntoView({ block: "start" });
    bring(c);
    if (mark.getBoundingClientRect().bottom > edge - 40) mark.scrollIntoView({ block: "start" });
  };
  const bring = c => { // scroll the column of a claim, not the page
    const mark = marks.get(c), column = mark && mark.closest(".column");
    if (!column || column.scrollHeight <= column.clientHeight) return;
    const top = mark.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop - 90;
    column.scrollTo({ top });
  };
  const focusColumns = cs => { // where not all columns fit, leave those in view that matter
    const columns = $(".columns");
    $$(".column.idle").forEach(el => el.classList.remove("idle"));
    if (!cs.length || !wide.matches || columns.scrollWidth <= columns.clientWidth) return;
    const keep = new Set(cs.map(c => marks.get(c) && marks.get(c).closest(".column")));
    $$(".column").forEach(el => el.classList.toggle("idle", !keep.has(el)));
  };
  const cite = (parent, c) => {
    const copy = claims.get(c).cloneNode(true);
    copy.removeAttribute("data-c");
    $$(".analysis", copy).forEach(el => { el.hidden = false; });
    parent.append(copy);
    return copy;
  };
  const choose = c => {
    if (!claims.has(c)) return;
    dark();
    current = c;
    light(c, "on");
    if (marks.has(c)) marks.get(c).setAttribute("aria-current", "true");
    const found = meets.get(c) || [], seen = new Set();
    focusColumns(found.length ? [c, ...found.map(f => f.other)] : []);
    panel.replaceChildren();
    const inner = add(panel, "div", "inner"), left = add(inner, "div"), right = add(inner, "div");
    add(left, "h2", "", claims.get(c).dataset.name);
    cite(left, c);
    const around = [...new Set((spans.get(c) || []).flatMap(el => el.dataset.c.split(" ")))].filter(o => o !== c && claims.has(o));
    if (around.length) {
      const list = add(left, "ul", "analysis");
      around.forEach(o => {
        const a = add(add(list, "li", "", "overlaps with "), "a", "", $(".quote", claims.get(o)).textContent);
        a.href = "#c" + o;
      });
    }
    add(right, "h2", "", found.length ? "Meets " + found.length + (found.length === 1 ? " claim" : " claims") : "Alone: meets no claim of another party");
    const list = add(right, "ul", "pairs");
    found.forEach(({ el, other }) => {
      light(other, "met");
      const li = el.cloneNode(true);
      ["data-a", "data-b"].forEach(a => li.removeAttribute(a));
      li.hidden = false;
      const who = add(li, "p", "other", claims.get(other).dataset.name);
      const quote = cite(li, other);
      $$(".analysis", quote).forEach(x => x.remove());
      $(".finding", li).after(who, quote);
      $$("details", li).forEach(d => { d.open = true; });
      list.append(li);
      const party = claims.get(other).dataset.party;
      if (!seen.has(party)) bring(other);
      seen.add(party);
    });
    const close = add(panel, "button", "close", "Close");
    close.type = "button";
    close.addEventListener("click", () => shut(true));
    panel.hidden = false;
    panel.scrollTop = 0;
    document.body.classList.add("open");
    show(c);
    redraw();
  };
  const shut = back => {
    if (panel.hidden) return;
    panel.hidden = true;
    document.body.classList.remove("open");
    dark();
    focusColumns([]);
    if (back && marks.has(current)) marks.get(current).focus({ preventScroll: true });
    current = null;
    redraw();
  };
  const reveal = c => { // go to a claim in its statement
    const mark = marks.get(c);
    if (!mark) return;
    mark.scrollIntoView({ block: "center", behavior: "auto" });
    choose(c);
    mark.focus({ preventScroll: true });
  };

  document.addEventListener("click", event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const mark = event.target.closest(".m");
    if (mark) {
      event.preventDefault();
      choose(mark.dataset.c);
      if (event.detail === 0) panel.focus({ preventScroll: true }); // by keyboard
      return;
    }
    const link = event.target.closest("a[href^='#c']");
    if (link) {
      event.preventDefault();
      reveal(link.getAttribute("href").slice(2));
      return;
    }
    const span = event.target.closest(".s");
    if (span && String(getSelection()) === "") choose(span.dataset.c.split(" ")[0]);
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") shut(true);
    const mark = event.target.closest && event.target.closest(".m");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!mark || !step) return;
    const all = $$(".m", mark.closest(".column")), next = all[all.indexOf(mark) + step];
    if (!next) return;
    event.preventDefault();
    rove(all, next);
    next.focus();
  });
  // One tab stop for each party's claims: the last one that had the focus.
  const rove = (all, one) => all.forEach(el => { el.tabIndex = el === one ? 0 : -1; });
  $$(".column").forEach(column => {
    const all = $$(".m", column);
    if (all.length) rove(all, all[0]);
    column.addEventListener("focusin", event => { if (event.target.matches(".m")) rove(all, event.target); });
  });
  // Lines of connection: from every claim in view to what it meets in the next
  // column, and from the chosen claim to all that it meets.
  const stage = $(".stage"), canvas = $(".lines"), joins = $("#joins");
  const near = new Set(); // claims of the blocks in view
  let due = 0;
  const draw = () => {
    due = 0;
    canvas.replaceChildren();
    if (!wide.matches || !joins.checked) return;
    const frame = stage.getBoundingClientRect();
    const boxes = new Map($$(".column").filter(el => el.offsetWidth > 0).map((el, i) => [el, { i, box: el.getBoundingClientRect() }]));
    const seen = (c, loose) => { // where the claim is; at the edge of its column if it is out of view
      const mark = marks.get(c), column = mark && boxes.get(mark.closest(".column"));
      if (!column) return null;
      const { i, box } = column, at = mark.getBoundingClientRect(), y = at.top + at.height / 2, head = box.top + 44;
      if (y > head && y < box.bottom) return { i, box, y };
      return loose ? { i, box, y: Math.min(Math.max(y, head), box.bottom - 3) } : null;
    };
    const paths = document.createDocumentFragment();
    const line = (a, b, relation, chosen) => {
      if (a.i > b.i) [a, b] = [b, a];
      const x1 = a.box.right - 20 - frame.left, x2 = b.box.left + 34 - frame.left, y1 = a.y - frame.top, y2 = b.y - frame.top, bend = Math.max(24, (x2 - x1) / 2);
      const path = document.createElementNS(canvas.namespaceURI, "path");
      path.setAttribute("class", relation + (chosen ? " chosen" : ""));
      path.setAttribute("d", `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
      paths.append(path);
    };
    near.forEach(c => {
      const from = c !== current && meets.has(c) ? seen(c) : null;
      if (!from) return;
      meets.get(c).forEach(({ el, other }) => {
        const to = near.has(other) && other !== current && !el.hidden ? seen(other) : null;
        if (to && to.i === from.i + 1) line(from, to, el.dataset.relation, false);
      });
    });
    const from = current !== null && seen(current, true);
    if (from) (meets.get(current) || []).forEach(({ el, other }) => {
      const to = seen(other, true);
      if (to) line(from, to, el.dataset.relation, true);
    });
    canvas.append(paths);
  };
  const redraw = () => { if (!due) due = requestAnimationFrame(draw); };
  if (meets.size) {
    const watch = new IntersectionObserver(entries => {
      entries.forEach(e => $$(".m", e.target).forEach(m => near[e.isIntersecting ? "add" : "delete"](m.dataset.c)));
      redraw();
    });
    $$(".column .b").forEach(el => watch.observe(el));
    addEventListener("scroll", redraw, { capture: true, passive: true });
    new ResizeObserver(redraw).observe(stage);
    joins.addEventListener("change", redraw);
  } else joins.closest("label").hidden = true;

  // In the table, a pair shows which claims it joins.
  document.addEventListener("mouseover", event => {
    const pair = event.target.closest && event.target.closest(".point .pair");
    $$(".claim.joined").forEach(el => el.classList.remove("joined"));
    if (pair) [pair.dataset.a, pair.dataset.b].forEach(c => claims.get(c).classList.add("joined"));
  });
  const fromHash = () => { if (/^#c\d+$/.test(location.hash)) reveal(location.hash.slice(2)); };
  addEventListener("hashchange", fromHash);
  fromHash();

  // Filters.
  const form = $("#filters");
  if (!form) return;
  const value = id => $("#f-" + id).value, folded = $("#folded");
  const points = $$(".point").map(el => ({ el, pairs: $$(".pair", el), claims: $$(".claim", el) }));
  const lones = $$(".lone").map(el => ({ el, claim: $(".claim", el) }));
  const has = (one, text) => { // the words of a point or claim are read when the first search needs them
    if (one.text === undefined) one.text = one.el.textContent.toLowerCase();
    return one.text.includes(text);
  };
  const events = $$(".event"), moments = $$(".moment");
  let later;
  const filter = () => {
    const text = value("text").trim().toLowerCase(), party = value("party"), relation = value("relation");
    const kind = value("kind"), type = value("type"), score = Number(value("score"));
    $("#f-score-out").textContent = score.toFixed(2);
    let nPoints = 0, nPairs = 0, nLones = 0, allPairs = 0, low = 0;
    const lit = new Set(), timed = new Set(); // a low score hides a pair, not what was said when
    points.forEach(p => {
      const typed = new Set(p.claims.filter(c => !type || c.dataset.type === type).map(c => c.dataset.c));
      let shown = 0;
      p.pairs.forEach(el => {
        const d = el.dataset;
        const wanted = (!text || has(p, text)) && (!party || d.pa === party || d.pb === party) &&
          (!relation || d.relation === relation) && (!kind || d.kind === kind) && (typed.has(d.a) || typed.has(d.b));
        const ok = wanted && Number(d.score) >= score;
        el.hidden = !ok;
        if (wanted) timed.add(d.a).add(d.b);
        if (wanted && !ok) low++;
        if (ok) { shown++; lit.add(d.a).add(d.b); }
      });
      allPairs += p.pairs.length;
      nPairs += shown;
      p.el.hidden = shown === 0;
      if (shown) nPoints++;
    });
    lones.forEach(l => {
      const d = l.claim.dataset;
      const ok = (!text || has(l, text)) && (!party || d.party === party) && (!relation || relation === "alone") &&
        !kind && (!type || d.type === type);
      l.el.hidden = !ok;
      if (ok) { nLones++; lit.add(d.c); timed.add(d.c); }
    });
    $$(".of").forEach(el => { el.hidden = !$(".lone:not([hidden])", el); });
    events.forEach(el => { el.hidden = !timed.has(el.dataset.c); });
    moments.forEach(el => { el.hidden = !$(".event:not([hidden])", el); });
    redraw();
    clearTimeout(later); // the statements in a task of their own, so that none is long
    later = setTimeout(() => {
      marks.forEach((el, c) => el.classList.toggle("off", !lit.has(c)));
      $$(".s").forEach(el => el.classList.toggle("off", !el.dataset.c.split(" ").some(c => lit.has(c))));
    });
    $("#none").hidden = nPoints > 0;
    folded.hidden = low === 0;
    $("span", folded).textContent = low + (low === 1 ? " pair has a score below " : " pairs have a score below ") + score.toFixed(2) +
      " and " + (low === 1 ? "is" : "are") + " folded away.";
    $("#shown").textContent = "Shown: " + nPoints + " of " + points.length + " points, " + nPairs + " of " + allPairs +
      " pairs, " + nLones + " of " + lones.length + " claims alone";
  };
  let timer;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 80); });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  $("button", folded).addEventListener("click", () => {
    $("#f-score").value = 0;
    filter();
    $("#f-score").focus();
  });
  form.hidden = false;
  filter();
})();
