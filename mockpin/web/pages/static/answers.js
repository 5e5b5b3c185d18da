// The answers of the overview as things arrive. Making them takes the server a while, so it is asked rarely.
const CALM = 3000; // milliseconds between two questions, at least
const PATIENCE = 5; // and so many times as long as the last answer took

export function follow(here) {
  let wanted = false;
  let busy = false;
  const stream = new EventSource(here.changes);

  async function look() {
    if (busy || !wanted) return;
    busy = true;
    wanted = false;
    const took = await refresh();
    await new Promise((done) => setTimeout(done, Math.max(CALM, PATIENCE * took)));
    busy = false;
    look();
  }

  stream.addEventListener("open", () => say("live", "live"));
  stream.addEventListener("change", () => { wanted = true; look(); });
  stream.addEventListener("error", () => say("reconnecting", "stale"));
  addEventListener("pagehide", () => stream.close());
}

async function refresh() {
  const began = performance.now();
  const address = new URL(location.href);
  address.searchParams.set("part", "answers");
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    put(page.getElementById("answers"));
    say("live", "live");
  } catch {
    say("not connected", "stale");
  }
  return performance.now() - began;
}

// Where nothing had come yet there is no place for answers: the whole page is loaded. What is open stays open.
function put(answers) {
  const old = document.getElementById("answers");
  if (!old) { location.reload(); return; }
  if (old.contains(document.activeElement) || old.innerHTML === answers.innerHTML) return;
  if (old.querySelector("details[open]")) answers.querySelector("details")?.setAttribute("open", "");
  old.replaceWith(answers);
}

function say(words, kind) {
  const light = document.getElementById("live");
  light.hidden = false;
  light.className = kind;
  light.querySelector(".said").textContent = words;
}
