// New rows as they arrive. The server writes them, so that there is one place where they are made and escaped.
const MOST_ROWS = 200;
const CALM = 250; // milliseconds between two looks: what arrives in a burst is fetched together
const BREATH = 2000; // milliseconds between two things said to a screen reader, and after a look that failed

const find = (id) => document.getElementById(id);

export function follow(here) {
  new Feed(here).open();
}

class Feed {
  constructor(here) {
    this.here = here;
    this.newest = Number(here.newest);
    this.held = []; // rows that came while the page was paused
    this.paused = false;
    this.busy = false; // looking, or drawing breath after it
    this.wanted = false;
    this.untold = 0; // rows that a screen reader was not told of
    this.telling = 0;
  }

  open() {
    find("pause").hidden = false;
    for (const button of [find("pause"), find("resume")]) button.addEventListener("click", () => this.toggle());
    const stream = new EventSource(this.here.stream);
    stream.addEventListener("open", () => { this.tell(); this.refreshSoon(); });
    for (const news of ["event", "reset"]) stream.addEventListener(news, () => this.refreshSoon());
    stream.addEventListener("error", () => say("reconnecting", "stale"));
    addEventListener("pagehide", () => stream.close());
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }); // as it was left: without a stream
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
      this.show(await this.fetch());
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
    address.searchParams.set("q", this.here.query);
    address.searchParams.set("after", this.newest);
    address.searchParams.set("shown", [...this.held, ...find("rows").rows].map((row) => row.dataset.seq));
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  show(fragment) {
    const arrived = fragment.getElementById("rows");
    const rows = [...arrived.rows];
    recount(fragment.getElementById("tabs"));
    this.newest = Number(arrived.dataset.newest);
    this.forget(new Set(arrived.dataset.gone.split(",")));
    if (this.paused) this.hold(rows);
    insert(this.paused ? [] : rows);
    this.announce(rows.length);
  }

  // What was reset or evicted leads nowhere any more.
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

  toggle() {
    this.paused = !this.paused;
    find("pause").setAttribute("aria-pressed", String(this.paused));
    find("pause").textContent = this.paused ? "Resume" : "Pause";
    this.tell();
    insert(this.held);
    this.held = [];
    this.hold([]);
  }
}

// Only the numbers change: whoever stands on a tab stays there.
function recount(tabs) {
  const counts = tabs.querySelectorAll(".count");
  find("tabs").querySelectorAll(".count").forEach((each, index) => { each.textContent = counts[index].textContent; });
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function insert(arrived) {
  const rows = find("rows");
  for (const row of arrived) row.classList.add("fresh");
  rows.prepend(...arrived);
  while (rows.rows.length > MOST_ROWS) rows.lastElementChild.remove();
  find("nothing").hidden = rows.rows.length > 0;
}

function say(words, kind) {
  const light = find("live");
  light.hidden = false;
  light.className = kind;
  light.querySelector(".said").textContent = words;
}
