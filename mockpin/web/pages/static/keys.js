// Keys: / searches, j and k move, Enter opens, p pauses, Esc goes back.
const TYPING = "input, textarea, select";

const MOVES = {
  history: {
    "/": () => focus("search"),
    j: () => step(1),
    k: () => step(-1),
    p: () => document.getElementById("pause")?.click(),
    Escape: () => document.activeElement?.blur(),
  },
  requests: {
    j: () => step(1),
    k: () => step(-1),
    p: () => document.getElementById("pause")?.click(),
  },
  request: {
    j: () => document.querySelector("a[rel=next]")?.click(),
    k: () => document.querySelector("a[rel=prev]")?.click(),
    Escape: () => document.getElementById("back").click(),
  },
  // The way back ends on the row that one came from.
  event: {
    "/": () => goBack("search"),
    j: () => document.querySelector("a[rel=next]")?.click(),
    k: () => document.querySelector("a[rel=prev]")?.click(),
    Escape: () => document.getElementById("back").click(),
  },
};

export function listen(page) {
  const moves = MOVES[page] ?? {};
  for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
  if (location.hash === "#search") focus("search");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches?.(TYPING);
    if (typing && event.key === "Escape") event.target.blur();
    if (typing || !Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    moves[event.key]();
  });
}

function focus(id) {
  const field = document.getElementById(id);
  field.focus();
  field.select();
}

function goBack(to) {
  const back = document.getElementById("back");
  back.hash = to;
  back.click();
}

function step(by) {
  const links = [...document.querySelectorAll("#rows a.open")];
  const now = links.indexOf(document.activeElement);
  const next = now < 0 ? 0 : Math.min(Math.max(now + by, 0), links.length - 1);
  links[next]?.focus();
}
