// New rows as they arrive. The server writes them, so that there is one place where they are made and escaped.
const MOST_ROWS = 200;
const CALM = 150; // milliseconds: a burst of events is fetched at once

export function follow(here) {
  const rows = document.getElementById("rows");
  const light = document.getElementById("live");
  const pause = document.getElementById("pause");
  const waiting = document.getElementById("waiting");
  const resume = document.getElementById("resume");
  const state = { newest: Number(here.newest), paused: false, timer: 0, busy: false, again: false };

  const say = (words, kind) => {
    light.hidden = false;
    light.className = kind;
    light.querySelector(".said").textContent = words;
  };

  const fetchRows = async () => {
    const address = new URL(here.rows, location.href);
    address.searchParams.set("q", here.query);
    address.searchParams.set("after", state.newest);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const show = (fragment) => {
    const fresh = fragment.getElementById("rows");
    document.getElementById("tabs").replaceChildren(...fragment.getElementById("tabs").children);
    state.newest = Number(fresh.dataset.newest);
    if (state.paused) {
      const count = Number(resume.dataset.count ?? 0) + fresh.rows.length;
      resume.dataset.count = count;
      resume.textContent = `Show ${count} new`;
      waiting.hidden = count === 0;
      held.unshift(...fresh.rows);
      held.length = Math.min(held.length, MOST_ROWS);
      return;
    }
    insert([...fresh.rows]);
  };

  const insert = (arrived) => {
    for (const row of arrived) row.classList.add("fresh");
    rows.prepend(...arrived);
    while (rows.rows.length > MOST_ROWS) rows.lastElementChild.remove();
    if (rows.rows.length) document.getElementById("nothing").hidden = true;
  };

  const held = [];

  const refresh = async () => {
    if (state.busy) { state.again = true; return; }
    state.busy = true;
    try {
      show(await fetchRows());
    } catch {
      say("not connected", "stale");
    } finally {
      state.busy = false;
      if (state.again) { state.again = false; soon(); }
    }
  };

  const soon = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(refresh, CALM);
  };

  const toggle = () => {
    state.paused = !state.paused;
    pause.setAttribute("aria-pressed", String(state.paused));
    pause.textContent = state.paused ? "Resume" : "Pause";
    say(state.paused ? "paused" : "live", state.paused ? "stale" : "live");
    if (!state.paused) {
      insert(held.splice(0));
      resume.dataset.count = 0;
      waiting.hidden = true;
    }
  };

  pause.hidden = false;
  pause.addEventListener("click", toggle);
  resume.addEventListener("click", toggle);

  const stream = new EventSource(here.stream);
  stream.addEventListener("open", () => { say(state.paused ? "paused" : "live", state.paused ? "stale" : "live"); soon(); });
  stream.addEventListener("error", () => say("reconnecting", "stale"));
  for (const kind of ["message", "event", "reset"]) stream.addEventListener(kind, soon);
  addEventListener("pagehide", () => stream.close());
}
