"use strict";
document.documentElement.classList.add("js");
// A long report takes a moment to be read. Work begins when the filters and the
// first findings are there, and goes on over what follows as it comes.
const loading = () => document.readyState === "loading";
const begin = () => {
  if (document.querySelector(".list > noscript + noscript")) start();
  else if (loading()) requestAnimationFrame(begin);
};
requestAnimationFrame(begin);
document.addEventListener("DOMContentLoaded", () => start());

let started = false;
function start() {
  if (started) return;
  started = true;
  const form = document.querySelector(".filters");

  // A list of parts of the page. Where a report is long they stand in noscript
  // elements, as text, from which they are taken when they are needed, and become
  // elements when they are shown.
  class List {
    constructor(box, shown) {
      this.box = box;
      this.shown = shown; // parts at a time
      this.parts = [];
      this.long = Boolean(box.querySelector(":scope > noscript"));
      if (!this.long) {
        this.parts = [...box.children].map((el) => ({ el, off: false }));
        return;
      }
      this.start = new RegExp(`\\n(?=<(?:${box.dataset.parts}))`);
      this.button = document.createElement("button");
      this.button.className = "more";
      this.button.textContent = `Show more ${box.dataset.more}`;
      this.button.addEventListener("click", () => this.more(true));
      box.after(this.button);
    }

    // grow takes further parts from the text; false when there are none.
    grow() {
      if (!this.long) return false;
      const held = this.box.querySelector(":scope > noscript");
      if (!held || (loading() && !held.nextElementSibling)) return false; // there is none, or not yet all of it
      for (const html of held.textContent.split(this.start).slice(1)) {
        const part = { html };
        this.parts.push(part);
        this.enter?.(part);
      }
      held.remove();
      return true;
    }

    complete() {
      while (this.grow());
    }

    // show shows the parts that fit, from one on and behind others, and no more.
    show(fits, first = 0, before = []) {
      if (this.long) {
        Object.assign(this, { fits, at: first, next: before.slice() });
        for (const el of [...this.box.children]) if (el.localName !== "noscript") el.remove();
        this.more();
        return;
      }
      for (const p of this.parts) {
        const off = !fits(p);
        if (p.off !== off) p.el.classList.toggle("off", off);
        p.off = off;
        if (!off) this.prepare?.(p);
      }
    }

    more(focus, shown = this.shown) {
      this.fill(shown + 1);
      const now = this.next.splice(0, shown);
      const held = this.box.querySelector(":scope > noscript");
      for (const part of now) this.box.insertBefore(element(part), held);
      if (this.prepare) now.forEach(this.prepare);
      this.button.hidden = !this.next.length;
      if (!focus) return;
      now[0].el.tabIndex = -1;
      now[0].el.focus();
    }

    // fill finds what is shown next, up to a number of parts.
    fill(n) {
      for (; this.next.length < n && (this.at < this.parts.length || this.grow()); this.at++) {
        if (this.fits(this.parts[this.at])) this.next.push(this.parts[this.at]);
      }
    }

    // resume goes on where the end of what had come was met.
    resume() {
      this.fill(1);
      this.button.hidden = !this.next.length;
    }

    // holder returns the part that an id stands in.
    holder(id) {
      this.complete();
      const forms = [` id=${id}>`, ` id=${id} `, ` id="${id}"`];
      return this.parts.find((p) => (p.el ? p.el.id === id || p.el.querySelector("#" + CSS.escape(id)) : forms.some((f) => p.html.includes(f))));
    }
  }

  function element(part) {
    if (!part.el) {
      const t = document.createElement("template");
      t.innerHTML = part.html;
      part.el = t.content.firstElementChild;
    }
    return part.el;
  }

  const every = () => true;
  const [list, overviews, cases] = [[".list", 40], [".overviews", 10], ["ol.cases", 40]].map(([s, shown]) => {
    const box = document.querySelector(s);
    return box && new List(box, shown);
  });
  const [search, topic, doc] = ["q", "t", "d"].map((id) => document.getElementById(id));
  const status = form.querySelector("output");
  const total = Number(form.dataset.total);

  // What the findings can be filtered by. A heading is a case (h3), or what is of
  // one outcome in it (h4); what holds is folded until it is asked for.
  let ofCase, ofGroup, unfolded, filtered;
  const entries = [];
  list.enter = (part) => {
    const { el, html } = part;
    part.tag = el ? el.localName : html.slice(1, html.search(/[ >]/));
    if (part.tag === "h3") [ofCase, ofGroup] = [part];
    if (part.tag === "h4") {
      ofGroup = part;
      part.folds = el ? el.className === "pass" : html.startsWith("<h4 class=pass>");
      part.folded = part.folds && !unfolded;
      part.all = Number(el ? el.querySelector("span").textContent : html.match(/<span>(\d+)/)[1]);
    }
    Object.assign(part, { ofCase, ofGroup });
    if (part.tag !== "article") return;
    [part.o, part.b, part.s] = el ? [el.className, el.dataset.b, el.dataset.s] : html.match(/class=(\S+) (?:data-b=(\w+) )?data-s=(\w+)>/).slice(1);
    part.findings = el ? el.querySelectorAll(":scope > p[id]").length : html.split("<p id=").length - 1;
    entries.push(part);
  };
  list.parts.forEach(list.enter);

  const keys = (e) => (e.keys ??= e.el ? [...e.el.querySelectorAll("[data-k]")].map((f) => f.dataset.k) : [...e.html.matchAll(/ data-k=([\d.:]+)/g)].map((m) => m[1]));
  // Text to search: without markup, capitals and the forms of quotation marks.
  const plain = (s) => {
    s = s.replace(/[“”]/g, '"').replace(/[‘’]/g, "'");
    return (/[^\0-\x7f]/.test(s) ? s.normalize("NFKC") : s).toLowerCase();
  };
  const common = [["&#8220;", '"'], ["&#8221;", '"'], ["&#8217;", "'"], ["&#39;", "'"], ["&#34;", '"']];
  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
  const unescaped = (html) => {
    const s = common.reduce((s, [from, to]) => s.replaceAll(from, to), html.replace(/<[^>]*>/g, " "));
    return s.includes("&") ? s.replace(/&#?(\w+);/g, (c, n) => entities[c] ?? String.fromCodePoint(n)) : s;
  };
  const text = (e) => (e.text ??= plain(e.html ? unescaped(e.html) : e.el.textContent));
  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  // controls adds to a finding what only a script can work.
  function controls(article) {
    for (const message of article.querySelectorAll(":scope > p[id]")) {
      const link = document.createElement("a");
      link.href = "#" + message.id;
      link.textContent = "Link";
      message.append(" ", link);
    }
    for (const figure of article.querySelectorAll("figure")) {
      const button = document.createElement("button");
      button.textContent = "Cite";
      figure.append(button);
    }
  }

  list.prepare = (part) => {
    const { tag, el, folds, folded } = part;
    if (tag === "article" && !part.ready) {
      part.ready = true;
      text(part); // before there is more in it than the finding
      controls(el);
    }
    if (tag !== "h4") return;
    el.querySelector("span").textContent = part.hits ?? part.all;
    if (!folds) return;
    const button = el.querySelector("button") ?? el.appendChild(document.createElement("button"));
    button.textContent = folded ? "Show" : "Hide";
    button.setAttribute("aria-expanded", !folded);
  };

  // apply shows the findings that the filters let through, from a part on.
  function apply(from) {
    const sets = ["o", "s", "b"].map((name) => [name, chosen(name)]).filter(([, set]) => set.size);
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const where = doc.value || topic.value;
    const fits = (key) => (!doc.value || key.startsWith(doc.value + ":")) && (!topic.value || key.endsWith(":" + topic.value));
    const any = sets.length || words.length || where;
    let shown = total;
    filtered = any || from;
    if (filtered) list.complete();
    for (const p of list.parts) p.hits = any ? 0 : undefined;
    if (any) {
      shown = 0;
      for (const e of entries) {
        if (!sets.every(([name, set]) => set.has(e[name]))) continue;
        if (where && !keys(e).some(fits)) continue;
        if (words.length && !words.every((w) => text(e).includes(w))) continue;
        for (const p of [e, e.ofGroup, e.ofCase]) p.hits += e.findings;
        shown += e.findings;
      }
    }
    if (form.querySelector("[value=pass]:checked")) unfold();
    const shows = (p) => (!any || p.hits) && !(p.tag === "article" && p.ofGroup.folded);
    const i = list.long && from ? list.parts.indexOf(from) : 0;
    list.show(shows, i, i > 0 ? [from.ofCase, from.ofGroup].filter((p) => p && p !== from) : []);
    status.value = (shown === total ? "" : shown.toLocaleString("en") + " of ") + total.toLocaleString("en") + " findings";
  }

  function unfold() {
    unfolded = true;
    for (const p of list.parts) p.folded = false;
  }

  // clear takes the filters away.
  function clear() {
    form.reset();
    unfolded = false;
    for (const p of list.parts) p.folded = p.folds;
  }

  let timer;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(apply, event.target === search ? 120 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    clear();
    apply();
  });
  list.box.addEventListener("click", (event) => {
    const button = event.target.closest("h4 button");
    if (!button) return;
    const group = list.parts.find((p) => p.el === button.parentNode);
    group.folded = !group.folded;
    apply(group);
    button.focus();
  });

  // The documents to choose from, of which a long report has many.
  function documents() {
    const held = doc.parentNode.querySelector("noscript");
    if (!held) return;
    doc.insertAdjacentHTML("beforeend", held.textContent);
    held.remove();
  }
  for (const event of ["focus", "pointerdown"]) doc.addEventListener(event, documents);

  // A field of the matrix shows its findings.
  document.addEventListener("click", (event) => {
    const field = event.target.closest("[data-f]");
    if (!field) return;
    event.preventDefault();
    documents();
    clear();
    form.querySelector(`[name=o][value=${field.className}]`).checked = true;
    [doc.value, topic.value] = field.dataset.f.split(":");
    apply();
    document.getElementById("findings").focus();
  });

  // A link leads to what it names, whatever is filtered, folded or not yet shown.
  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    const part = list.holder(id);
    if (part) {
      clear();
      if (part.ofGroup) part.ofGroup.folded = false;
      apply(part);
    } else if (!document.getElementById(id)) {
      for (const other of [overviews, cases]) {
        const i = other?.parts.indexOf(other.holder(id));
        if (i >= 0) other.show(every, i);
      }
    }
    document.getElementById(id)?.scrollIntoView();
  }
  addEventListener("hashchange", reveal);

  addEventListener("beforeprint", () => {
    clear();
    unfold();
    apply();
    for (const l of [list, overviews, cases]) {
      if (!l?.long) continue;
      if (l !== list) l.show(every);
      l.more(false, Infinity);
    }
  });

  // Citations.
  const months = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
  const dialog = document.querySelector("dialog");
  const told = dialog.querySelector("output");
  const words = (el, selector) => (el.querySelector(selector)?.textContent ?? "").trim().replace(/\s+/g, " ");

  function cite(figure) {
    const id = "d-" + figure.dataset.k.split(":")[0];
    const source = document.getElementById(id) ?? element(overviews.holder(id)).querySelector("#" + CSS.escape(id));
    const place = figure.querySelector("figcaption > a, figcaption > span:not(.note)");
    const title = words(figure, "cite"), section = words(figure, "i"), date = words(source, "time");
    const pages = place.textContent.replace("-", "–");
    const [year, month, day] = source.dataset.date.split("-");
    const url = place.href ? ", " + place.href : "";
    document.getElementById("plain").value =
      `“${words(figure, "blockquote")}” ${title} (${source.dataset.kind}${date ? ", " + date : ""}), ${pages}${section ? `, section “${section}”` : ""}${url}`;
    const when = year ? [month && months[month - 1], day && Number(day) + ",", year].filter(Boolean).join(" ") : "n.d.";
    const numbered = /^[\dA-Z]+(\.\w+)*$/.test(section) ? `, § ${section}` : "";
    document.getElementById("law").value = `${title}${numbered}, at ${pages.replace(/^pp?\. /, "")} (${when})${url}.`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("figure button");
    if (!button) return;
    cite(button.parentNode);
    told.value = "";
    dialog.showModal();
  });
  dialog.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (!button.value) return dialog.close();
    const field = document.getElementById(button.value);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told.value = "Copied.";
    } catch {
      told.value = document.execCommand("copy") ? "Copied." : "Press Ctrl+C to copy.";
    }
  });

  for (const l of [overviews, cases]) if (l?.long) l.show(every);
  apply();
  performance.mark("filters");
  if (loading()) {
    document.addEventListener("DOMContentLoaded", () => {
      if (filtered) apply();
      else list.resume();
      reveal();
    });
  } else reveal();

  // What is searched is made ready while nothing else is to be done.
  let ready = 0;
  const prepare = (deadline) => {
    while (deadline.timeRemaining() > 2) {
      if (ready < entries.length) text(entries[ready++]);
      else if (list.grow()) continue;
      else if (loading()) break;
      else return;
    }
    requestIdleCallback(prepare);
  };
  if (list.long && self.requestIdleCallback) requestIdleCallback(prepare);
}
