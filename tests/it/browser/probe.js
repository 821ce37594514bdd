// Runs in the page after its own script; leaves its findings as JSON in an element of its own.
(async () => {
  const found = { faults: [], facts: {} };
  const check = (ok, what) => { if (!ok) found.faults.push(what); };
  const settled = () => new Promise((done) => setTimeout(done, 50));
  try {
    const root = document.documentElement;
    found.facts.width = innerWidth;
    check(root.scrollWidth <= innerWidth, `the page is ${root.scrollWidth} wide in a window of ${innerWidth}`);
    check(performance.getEntriesByType("resource").length === 0, "the page asked for a file");

    // Every link within the page leads somewhere, every design has one.
    const links = [...document.querySelectorAll("a[href^='#']")];
    for (const a of links) {
      check(document.getElementById(a.getAttribute("href").slice(1)), `no target for ${a.getAttribute("href")}`);
    }
    found.facts.navigation = [...document.querySelectorAll("nav a")].map((a) => a.getAttribute("href"));
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
    check(new Set(ids).size === ids.length, `an id stands twice: ${ids.find((id, k) => ids.indexOf(id) !== k)}`);
    const first = document.querySelector("main section");
    check(first.querySelector("table"), "the first section has no table");
    found.facts.first = first.id;

    // Sorting: by number, up and down.
    const table = [...document.querySelectorAll("table")].find((t) => t.tBodies[0].rows.length > 1);
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((h, k) => [...table.tBodies[0].rows].every((r) => r.cells[k].dataset.sort !== undefined));
    const keys = () => [...table.tBodies[0].rows].map((r) => Number(r.cells[column].dataset.sort));
    for (const way of [1, -1]) {
      heads[column].querySelector("button").click();
      const now = keys();
      check(now.every((v, k) => k === 0 || way * (v - now[k - 1]) >= 0), `not sorted: ${now}`);
      check(heads[column].getAttribute("aria-sort") === (way > 0 ? "ascending" : "descending"), "aria-sort");
    }

    // Theme: the button changes the colours and its own name.
    const button = document.getElementById("theme");
    const ground = () => getComputedStyle(document.body).backgroundColor;
    const [was, said] = [ground(), button.textContent];
    button.click();
    check(ground() !== was && button.textContent !== said, "the theme did not change");
    button.click();
    check(ground() === was, "the theme did not change back");

    // Figures: a picture with a name, its values under the pointer and with the keys, and larger.
    const tip = document.getElementById("tip");
    let hovered = 0;
    for (const canvas of document.querySelectorAll(".canvas")) {
      const svg = canvas.querySelector("svg");
      const name = canvas.closest("figure").id;
      check(svg.getAttribute("role") === "img" && svg.getAttribute("aria-label"), `${name} has no name`);
      check((svg.querySelector("desc")?.textContent ?? "").length > 20, `${name} is not described`);
      const hit = svg.querySelector(".hits > *");
      if (!hit) continue;
      hit.scrollIntoView({ block: "center", behavior: "instant" });
      await settled();
      const box = hit.getBoundingClientRect();
      const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, bubbles: true };
      svg.dispatchEvent(new PointerEvent("pointermove", at));
      check(!tip.hidden && tip.textContent.length > 0, `${name} shows no value`);
      hovered += 1;
      svg.dispatchEvent(new PointerEvent("pointerleave", at));
      canvas.dispatchEvent(new PointerEvent("pointerleave", at));
      check(tip.hidden, `${name} keeps its value`);
      canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
      check(!tip.hidden, `${name} shows no value with the keys`);
      canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      check(tip.hidden, `${name} keeps its value after Escape`);
    }
    check(hovered > 3, `only ${hovered} figures show values`);
    const zoom = document.querySelector(".zoom");
    zoom.click();
    await settled();
    const large = document.querySelector("dialog[open] svg");
    check(large && large.getBoundingClientRect().width > 0.8 * innerWidth, "the figure is not larger");
    document.querySelector("dialog button").click();
    check(!document.querySelector("dialog svg"), "the figure is not back in its place");

    // What can be pressed can be reached by key and has a name.
    for (const e of document.querySelectorAll("button, a[href], [tabindex]")) {
      const label = e.getAttribute("aria-label") || e.textContent.trim();
      check(label, `nothing to read at ${e.outerHTML.slice(0, 80)}`);
      check(e.tabIndex >= 0 || e.id === "content", `${label} cannot be reached`);
    }

    // On A4 no figure is higher than a page (190 mm wide less margins, 265 mm high).
    for (const svg of document.querySelectorAll(".canvas svg")) {
      const view = svg.viewBox.baseVal;
      check(view.height / view.width < 245 / 182, `${svg.getAttribute("aria-label")} is higher than a page`);
    }

    if (window.axe) {
      for (const theme of ["light", "dark"]) {
        root.dataset.theme = theme;
        await settled();
        const result = await axe.run(document, { resultTypes: ["violations", "passes"] });
        for (const v of result.violations) {
          for (const n of v.nodes.slice(0, 5)) {
            const why = n.any.concat(n.all).map((c) => c.message).join("; ");
            found.faults.push(`${theme}: ${v.id}: ${n.target.join(" ")}: ${why}`);
          }
        }
        const checked = result.passes.find((p) => p.id === "color-contrast");
        found.facts[`${theme}_contrast_checked`] = checked ? checked.nodes.length : 0;
      }
    }
  } catch (e) {
    found.faults.push(`the probe failed: ${e.stack}`);
  }
  const out = document.createElement("pre");
  const plain = (c) => `\\u00${c.charCodeAt(0).toString(16)}`;
  out.textContent = "PROBE-BEGIN" + JSON.stringify(found).replace(/[<>&]/g, plain) + "PROBE-END";
  document.body.append(out);
})();
