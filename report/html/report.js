"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const [search, topic, doc] = ["q", "t", "d"].map((id) => document.getElementById(id));
  const said = form.querySelector("output");
  const groups = [...document.querySelectorAll(".group")];
  const cases = [...document.querySelectorAll(".found")];

  // Every entry once: what it can be filtered by, and how many findings it holds.
  const entries = [...document.querySelectorAll("article")].map((el) => ({
    el, outcome: el.className, severity: el.dataset.s, keys: el.dataset.k.split(" "),
    group: el.parentNode, findings: el.getElementsByClassName("m").length, text: "", off: false,
  }));
  const total = entries.reduce((n, e) => n + e.findings, 0);
  const plain = (s) => s.normalize("NFKC").toLowerCase();

  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function apply() {
    const outcomes = chosen("o"), severities = chosen("s");
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const fits = (key) => (!doc.value || key.startsWith(doc.value + ":")) && (!topic.value || key.endsWith(":" + topic.value));
    const any = outcomes.size || severities.size || words.length || doc.value || topic.value;
    const seen = new Set();
    let shown = 0;
    for (const e of entries) {
      let on = (!outcomes.size || outcomes.has(e.outcome)) && (!severities.size || severities.has(e.severity)) && e.keys.some(fits);
      if (on && words.length) {
        e.text ||= plain(e.el.textContent);
        on = words.every((w) => e.text.includes(w));
      }
      if (on) {
        shown += e.findings;
        seen.add(e.group);
      }
      if (e.off === on) {
        e.off = !on;
        e.el.classList.toggle("off", !on);
      }
    }
    for (const g of groups) {
      g.classList.toggle("off", !seen.has(g));
      if (g.localName === "details") g.open = Boolean(any) && seen.has(g);
    }
    for (const c of cases) c.classList.toggle("off", any && !c.querySelector(".group:not(.off)"));
    said.value = shown === total ? `${total} findings` : `${shown} of ${total} findings`;
  }

  let timer;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.target === search) timer = setTimeout(apply, 120);
    else apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));

  // A field of the matrix shows its findings.
  document.addEventListener("click", (event) => {
    const field = event.target.closest("[data-f]");
    if (!field) return;
    event.preventDefault();
    const [outcome, key] = field.dataset.f.split(" ");
    form.reset();
    form.querySelector(`[name=o][value=${outcome}]`).checked = true;
    [doc.value, topic.value] = key.split(":");
    apply();
    document.getElementById("findings").focus();
  });

  // A link to a finding shows it, whatever is filtered.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest(".off")) {
      form.reset();
      apply();
    }
    const details = target.closest("details");
    if (details) details.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));

  // Citations.
  const months = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];
  const dialog = document.querySelector("dialog");
  const told = dialog.querySelector("output");
  const text = (el, selector) => (el.querySelector(selector)?.textContent ?? "").trim().replace(/\s+/g, " ");

  function cite(figure) {
    const source = document.getElementById("d-" + figure.dataset.d);
    const place = figure.querySelector("figcaption > a, figcaption > span:not(.note)");
    const title = text(figure, "cite"), section = text(figure, "i"), quote = text(figure, "blockquote");
    const pages = place.textContent.replace("-", "–");
    const [year, month, day] = source.dataset.date.split("-");
    const url = place.href ? ", " + place.href : "";
    const date = text(source, "time");
    document.getElementById("plain").value =
      `“${quote}” ${title} (${source.dataset.kind}${date ? ", " + date : ""}), ${pages}${section ? `, section “${section}”` : ""}${url}`;
    const when = !year ? "n.d." : [month && months[month - 1], day && `${Number(day)},`, year].filter(Boolean).join(" ");
    const numbered = /^[0-9IVXA-Z]+(\.[0-9A-Za-z]+)*$/.test(section) ? `, § ${section}` : "";
    document.getElementById("law").value = `${title}${numbered}, at ${pages.replace(/^pp?\. /, "")} (${when})${url}.`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("figure button");
    if (!button) return;
    cite(button.closest("figure"));
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
});
