// What must be live: new rows, keys, copying, and the workbench without a reload. Everything else is the server's.
import { follow } from "./live.js";
import { listen } from "./keys.js";

const here = document.body.dataset;

if (here.stream) follow(here);
if (here.page === "overview") (await import("./answers.js")).follow(here);
listen(here.page);

for (const button of document.querySelectorAll(".copying")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

if (here.page === "workbench") (await import("./workbench.js")).attend();

// A click anywhere on a row opens it, unless text is selected: a double click selects a word, to copy it.
const DOUBLE_CLICK = 250; // milliseconds in which a second click may follow
const rows = document.getElementById("rows");
let opening = 0;
if (rows) document.body.classList.add("live-rows");
rows?.addEventListener("click", (event) => {
  clearTimeout(opening);
  if (event.target.closest("a, button") || event.detail > 1) return;
  const link = event.target.closest("tr")?.querySelector("a.open");
  const elsewhere = event.ctrlKey || event.metaKey;
  opening = setTimeout(() => {
    if (!link || !getSelection().isCollapsed) return;
    if (elsewhere) window.open(link.href, "_blank");
    else link.click();
  }, DOUBLE_CLICK);
});
