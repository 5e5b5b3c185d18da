// What must be live: new rows, keys, copying, and the workbench without a reload. Everything else is the server's.
import { follow } from "./live.js";
import { listen } from "./keys.js";

const here = document.body.dataset;

if (here.page === "history" && here.stream) follow(here);
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
