// New rows as they arrive. The server writes them, so that rows are made and escaped in one place.
const MOST_ROWS = 200;
const CALM = 250; // milliseconds between two fetches: rows of a burst are fetched together
const BREATH = 2000; // milliseconds between two messages to a screen reader, and after a fetch that failed

const find = (id) => document.getElementById(id);

export function follow(here) {
  new Feed(here).open();
}

class Feed {
  constructor(here) {
    this.here = here;
    this.start = here.start;
    this.resets = here.resets;
    this.newest = here.newest;
    this.newestRequest = here.newestRequest;
    this.held = []; // rows that came while the page stood still
    this.paused = false;
    this.busy = false; // fetching, or waiting after a fetch
    this.wanted = false;
    this.untold = 0; // rows that a screen reader was not told of
    this.telling = 0;
  }

  open() {
    find("pause").hidden = false;
    find("pause").addEventListener("click", () => this.toggle());
    find("resume").addEventListener("click", () => this.resume());
    find("rows").addEventListener("pointerleave", () => this.release());
    document.addEventListener("selectionchange", () => this.release());
    const stream = new EventSource(this.here.stream);
    stream.addEventListener("open", () => { this.tell(); this.refreshSoon(); });
    stream.addEventListener("change", () => this.refreshSoon());
    stream.addEventListener("error", () => say("reconnecting", "stale"));
    addEventListener("pagehide", () => stream.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // it came back without its stream
  }

  tell() {
    say(this.paused ? "paused" : "live", this.paused ? "stale" : "live");
  }

  refreshSoon() {
    this.wanted = true;
    this.look();
  }

  async look() {
    if (this.busy || !this.wanted) return;
    this.busy = true;
    this.wanted = false;
    await pause(await this.refresh() ? CALM : BREATH);
    this.busy = false;
    this.look();
  }

  async refresh() {
    try {
      await this.show(await this.fetch());
      this.tell();
      return true;
    } catch {
      say("not connected", "stale");
      this.wanted = true;
      return false;
    }
  }

  async fetch() {
    const address = new URL(this.here.rows, location.href);
    for (const [name, value] of new URLSearchParams(location.search)) address.searchParams.append(name, value);
    address.searchParams.set("after", this.newest);
    address.searchParams.set("after_request", this.newestRequest);
    const seqs = [...this.held, ...find("rows").rows].map((row) => row.dataset.seq).filter(Boolean);
    address.searchParams.set("shown", seqs);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  async show(fragment) {
    const arrived = fragment.getElementById("rows");
    if (this.beginAnew(arrived.dataset)) return this.show(await this.fetch());
    const rows = [...arrived.rows];
    recount(fragment);
    this.newest = arrived.dataset.newest;
    this.newestRequest = arrived.dataset.newestRequest;
    this.forget(new Set(arrived.dataset.gone.split(",")));
    if (this.paused || isResting()) this.hold(rows);
    else insert(rows);
    this.announce(rows.length);
  }

  // After a restart or a reset the rows that are shown may be gone: all are fetched again.
  beginAnew({ start, resets }) {
    const restarted = start !== this.start;
    if (!restarted && resets === this.resets) return false;
    const time = new Date().toISOString().slice(11, 19);
    notify(restarted ? `mockpin was restarted at ${time} UTC.` : `The history was reset at ${time} UTC.`);
    Object.assign(this, { start, resets, newest: "0", newestRequest: "0", held: [] });
    find("rows").replaceChildren();
    this.hold([]);
    return true;
  }

  // Rows that made room for newer ones lead nowhere any more.
  forget(gone) {
    const isGone = (row) => gone.has(row.dataset.seq);
    this.held = this.held.filter((row) => !isGone(row));
    for (const row of [...find("rows").rows].filter(isGone)) row.remove();
  }

  announce(count) {
    this.untold += count;
    if (this.untold) this.telling ||= setTimeout(() => {
      find("arrived").textContent = `${this.untold} new`;
      this.untold = this.telling = 0;
    }, BREATH);
  }

  hold(arrived) {
    this.held = [...arrived, ...this.held].slice(0, MOST_ROWS);
    find("resume").textContent = `Show ${this.held.length} new`;
    find("waiting").hidden = this.held.length === 0;
  }

  release() {
    if (!this.paused && this.held.length && !isResting()) this.flush();
  }

  flush() {
    const rows = this.held;
    this.held = [];
    this.hold([]);
    insert(rows);
  }

  resume() {
    if (this.paused) this.toggle();
    else this.flush();
  }

  toggle() {
    this.paused = !this.paused;
    find("pause").setAttribute("aria-pressed", String(this.paused));
    find("pause").textContent = this.paused ? "Resume" : "Pause";
    this.tell();
    this.flush();
  }
}

// Nothing slides under a cursor that rests on a row, or away from text that is being selected.
function isResting() {
  const selection = getSelection();
  const selecting = !selection.isCollapsed && find("rows").contains(selection.anchorNode);
  return selecting || find("rows").matches(":hover");
}

// Only the numbers change: a focused tab keeps the focus.
function recount(fragment) {
  const counts = fragment.querySelectorAll("#tabs .count");
  find("tabs")?.querySelectorAll(".count").forEach((count, index) => { count.textContent = counts[index].textContent; });
  for (const id of ["matching", "badges"]) {
    const [now, then] = [fragment.getElementById(id), find(id)];
    if (now && then && then.innerHTML !== now.innerHTML) then.replaceChildren(...now.childNodes);
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function insert(arrived) {
  const rows = find("rows");
  for (const row of arrived) row.classList.add("fresh");
  rows.prepend(...arrived);
  while (rows.rows.length > MOST_ROWS) rows.lastElementChild.remove();
  find("nothing").hidden = rows.rows.length > 0;
}

function notify(words) {
  find("notice").textContent = words;
  find("notice").hidden = false;
}

function say(words, kind) {
  const light = find("live");
  light.hidden = false;
  light.className = kind;
  light.querySelector(".said").textContent = words;
}
