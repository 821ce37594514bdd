"use strict";
(function () {
  const root = document.documentElement;
  root.classList.add("js");

  // Theme: the button names the theme it leads to; the choice is kept where storage works.
  const button = document.getElementById("theme");
  const wanted = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (wanted.matches ? "dark" : "light")) === "dark";
  const name = () => { button.textContent = isDark() ? "Light theme" : "Dark theme"; };
  button.hidden = false;
  name();
  wanted.addEventListener("change", name);
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    name();
    try { localStorage.setItem("wheelpack-theme", root.dataset.theme); } catch (e) { /* not kept */ }
  });

  // Sorting: by number where a cell has one, else by its text; cells without a value stay last.
  const words = new Intl.Collator("en", { numeric: true });
  const key = (row, i) => {
    const cell = row.cells[i];
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const text = cell.textContent.trim();
    return text === "" || text === "–" ? null : text;
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return words.compare(a, b);
  };
  for (const table of document.querySelectorAll("table")) {
    const heads = Array.from(table.tHead ? table.tHead.rows[0].cells : []);
    heads.forEach((head, i) => {
      const click = head.querySelector("button");
      if (!click) return;
      click.addEventListener("click", () => {
        const way = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        for (const h of heads) h.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = Array.from(body.rows).map((row) => [key(row, i), row]);
        rows.sort(([a], [b]) =>
          a === null || b === null ? (a === null) - (b === null) : way * compare(a, b));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  // Values of figures: under the pointer, or with the arrow keys.
  const tip = document.getElementById("tip");
  const hide = (on) => { tip.hidden = true; if (on) on.classList.remove("on"); };
  for (const canvas of document.querySelectorAll(".canvas")) {
    const svg = canvas.querySelector("svg");
    if (!svg) continue;
    // The browser's own bubbles would cover ours; the name stays in aria-label.
    const title = svg.querySelector(":scope > title");
    if (title) title.remove();
    const number = (el, name) => Number(el.getAttribute(name));
    const hits = Array.from(svg.querySelectorAll(".hits > *")).map((el) => {
      const label = el.querySelector("title");
      const text = label ? label.textContent : "";
      if (label) label.remove();
      const isBox = el.tagName === "rect";
      const w = isBox ? number(el, "width") : 0;
      const h = isBox ? number(el, "height") : 0;
      const x = isBox ? number(el, "x") : number(el, "cx");
      const y = isBox ? number(el, "y") : number(el, "cy");
      return { el, text, x, y, w, h };
    });
    if (!hits.length) { canvas.removeAttribute("tabindex"); continue; }
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", "Figure: arrow keys read its values");
    let at = -1;
    const show = (i) => {
      if (at >= 0) hits[at].el.classList.remove("on");
      at = i;
      const { el, text } = hits[i];
      el.classList.add("on");
      tip.textContent = text;
      tip.hidden = false;
      const box = el.getBoundingClientRect();
      const size = tip.getBoundingClientRect();
      const left = Math.min(Math.max(4, box.left + box.width / 2 - size.width / 2), innerWidth - size.width - 4);
      const above = box.top - size.height - 8;
      tip.style.left = `${left}px`;
      tip.style.top = `${above > 4 ? above : box.bottom + 8}px`;
    };
    const leave = () => { hide(at >= 0 ? hits[at].el : null); at = -1; };
    canvas.addEventListener("pointermove", (event) => {
      const to = svg.getScreenCTM().inverse();
      const p = new DOMPoint(event.clientX, event.clientY).matrixTransform(to);
      // Distance to the box or point; within half an inch counts.
      let best = -1;
      let least = (48 * to.a) ** 2;
      hits.forEach((h, i) => {
        const dx = Math.max(h.x - p.x, 0, p.x - h.x - h.w);
        const dy = Math.max(h.y - p.y, 0, p.y - h.y - h.h);
        const d = dx * dx + dy * dy;
        if (d < least) { least = d; best = i; }
      });
      if (best < 0) leave();
      else if (best !== at) show(best);
    });
    canvas.addEventListener("pointerleave", leave);
    canvas.addEventListener("blur", leave);
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") leave();
      if (!step) return;
      event.preventDefault();
      show((at + step + hits.length) % hits.length);
    });
  }
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });

  // A figure as large as the window; it moves there with its values and back on closing.
  const stage = document.createElement("dialog");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  stage.append(close);
  document.body.append(stage);
  let home = null;
  const back = () => {
    if (!home) return;
    home.prepend(stage.querySelector(".canvas"));
    document.body.append(tip);
    tip.hidden = true;
    if (stage.open) stage.close();
    home.querySelector(".zoom").focus();
    home = null;
  };
  close.addEventListener("click", back);
  stage.addEventListener("close", back);
  for (const zoom of document.querySelectorAll(".zoom")) {
    const figure = zoom.closest("figure");
    const canvas = figure.querySelector(".canvas");
    const name = canvas.querySelector("svg").getAttribute("aria-label");
    zoom.hidden = false;
    zoom.setAttribute("aria-label", `Enlarge: ${name}`);
    zoom.addEventListener("click", () => {
      home = figure;
      stage.setAttribute("aria-label", name);
      stage.append(canvas, tip);
      stage.showModal();
    });
  }
})();
