"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".filters");
  const page = 40; // parts of a long list that are shown at a time

  // A list of parts of the page. Where a report is long they stand in a noscript
  // element, as text, and become elements when they are shown.
  class List {
    constructor(box) {
      const held = box.querySelector(":scope > noscript");
      this.box = box;
      this.long = Boolean(held);
      if (!held) {
        this.parts = [...box.children].map((el) => ({ el, off: false }));
        return;
      }
      const start = new RegExp(`\\n(?=<(?:${box.dataset.parts}))`);
      this.parts = held.textContent.split(start).slice(1).map((html) => ({ html }));
      this.button = document.createElement("button");
      this.button.className = "more";
      this.button.addEventListener("click", () => this.more(true));
      box.after(this.button);
      this.show(this.parts);
    }

    // show shows these parts, in their order, and no others.
    show(parts) {
      if (this.long) {
        this.left = parts.slice();
        this.box.replaceChildren();
        this.more();
        return;
      }
      const shown = new Set(parts);
      for (const p of this.parts) {
        if (p.off === shown.has(p)) p.el.classList.toggle("off", !p.off);
        p.off = !shown.has(p);
        if (!p.off) this.prepare?.(p);
      }
    }

    more(focus) {
      const now = this.left.splice(0, page);
      this.box.append(...now.map(element));
      if (this.prepare) now.forEach(this.prepare);
      this.button.hidden = !this.left.length;
      this.button.textContent = `Show more (${this.left.length.toLocaleString("en")} ${this.box.dataset.more} left)`;
      if (!focus) return;
      now[0].el.tabIndex = -1;
      now[0].el.focus();
    }

    all() {
      this.show(this.parts);
      while (this.left?.length) this.more();
    }

    // holder returns the part that an id stands in.
    holder(id) {
      const forms = [` id=${id}>`, ` id=${id} `, ` id="${id}"`];
      return this.parts.find((p) => (p.html ? forms.some((f) => p.html.includes(f)) : p.el.id === id || p.el.querySelector("#" + CSS.escape(id))));
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

  const [list, overviews, cases] = [".list", ".overviews", "ol.cases"].map((s) => document.querySelector(s)).map((box) => box && new List(box));
  const [search, topic, doc] = ["q", "t", "d"].map((id) => document.getElementById(id));
  const status = form.querySelector("output");

  // What the findings can be filtered by. A heading is a case (h3), or what is of
  // one outcome in it (h4); what holds is folded until it is asked for.
  let ofCase, ofGroup;
  const entries = [];
  for (const part of list.parts) {
    const { el, html } = part;
    part.tag = el ? el.localName : html.slice(1, html.search(/[ >]/));
    if (part.tag === "h3") ofCase = part;
    if (part.tag === "h4") {
      ofGroup = part;
      part.folds = part.folded = el ? el.className === "pass" : html.startsWith("<h4 class=pass>");
    }
    Object.assign(part, { ofCase, ofGroup });
    if (part.tag !== "article") continue;
    [part.o, part.b, part.s] = el ? [el.className, el.dataset.b, el.dataset.s] : html.match(/class=(\S+) (?:data-b="(\w+)" )?data-s=(\S+?)>/).slice(1);
    part.findings = el ? el.getElementsByClassName("m").length : html.split("<p class=m ").length - 1;
    entries.push(part);
  }
  const total = entries.reduce((n, e) => n + e.findings, 0);

  const keys = (e) => (e.keys ??= e.el ? [...e.el.querySelectorAll("[data-k]")].map((f) => f.dataset.k) : [...e.html.matchAll(/ data-k=([\d.:]+)/g)].map((m) => m[1]));
  const plain = (s) => s.normalize("NFKC").toLowerCase();
  const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&#34;": '"', "&#39;": "'", "&#43;": "+" };
  const text = (e) => (e.text ??= plain(e.el ? e.el.textContent : e.html.replace(/<[^>]*>/g, " ").replace(/&[^;]*;/g, (c) => entities[c] ?? c)));
  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  list.prepare = ({ tag, el, hits, folds, folded }) => {
    if (tag !== "h4") return;
    el.querySelector("span").textContent = hits;
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
    for (const p of list.parts) p.hits = 0;
    let shown = 0;
    for (const e of entries) {
      if (!sets.every(([name, set]) => set.has(e[name]))) continue;
      if (where && !keys(e).some(fits)) continue;
      if (words.length && !words.every((w) => text(e).includes(w))) continue;
      for (const p of [e, e.ofGroup, e.ofCase]) p.hits += e.findings;
      shown += e.findings;
    }
    if (form.querySelector("[value=pass]:checked")) list.parts.forEach((p) => { p.folded = false; });
    const parts = list.parts.filter((p) => (p.tag === "article" ? p.hits && !p.ofGroup.folded : p.hits || !any));
    const i = parts.indexOf(from);
    list.show(i < 0 || !list.long ? parts : [from.ofCase, from.ofGroup, ...parts.slice(i)].filter((p, n, all) => all.indexOf(p) === n));
    status.value = (shown === total ? "" : shown.toLocaleString("en") + " of ") + total.toLocaleString("en") + " findings";
  }

  // clear takes the filters away.
  function clear() {
    form.reset();
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
    const [outcome, key] = field.dataset.f.split(" ");
    documents();
    clear();
    form.querySelector(`[name=o][value=${outcome}]`).checked = true;
    [doc.value, topic.value] = key.split(":");
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
        if (i >= 0) other.show(other.parts.slice(i));
      }
    }
    document.getElementById(id)?.scrollIntoView();
  }
  addEventListener("hashchange", reveal);

  addEventListener("beforeprint", () => {
    clear();
    for (const p of list.parts) p.folded = false;
    apply();
    for (const l of [list, overviews, cases]) if (l?.long) l.all();
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

  apply();
  reveal();

  // What is searched is made ready while nothing else is to be done.
  let ready = 0;
  const prepare = (deadline) => {
    while (ready < entries.length && deadline.timeRemaining() > 2) text(entries[ready++]);
    if (ready < entries.length) requestIdleCallback(prepare);
  };
  if (list.long && self.requestIdleCallback) requestIdleCallback(prepare);
});
