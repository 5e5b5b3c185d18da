// The workbench without a reload: the document stays in its field, and only the judgement is replaced.
const TYPING = 300; // milliseconds without a key before a draft is judged
const DRAFT = "mockpin-draft";

const latest = new Map(); // the name of a result -> what stops its latest request

export function attend() {
  for (const form of document.querySelectorAll("form[data-result]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const sends = event.submitter?.dataset.sends !== undefined;
      ask(form, sends ? "sent" : form.dataset.result, sends ? event.submitter.formAction : form.action, true);
    });
  }
  for (const area of document.querySelectorAll("textarea[data-drop]")) attendTo(area);
}

function attendTo(area) {
  const { form } = area;
  if (area.dataset.given === undefined) area.value ||= sessionStorage.getItem(DRAFT) ?? "";
  const judge = () => ask(form, form.dataset.result, form.action, false);
  let timer = 0;
  area.addEventListener("input", () => {
    keep(area.value);
    unsettle(form.dataset.result);
    clearTimeout(timer);
    timer = setTimeout(judge, TYPING);
  });
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    clearTimeout(timer);
    form.requestSubmit();
  });
  form.querySelector("#profile").addEventListener("change", judge);
  takeFiles(area);
  if (area.value) judge();
}

function keep(draft) {
  try {
    sessionStorage.setItem(DRAFT, draft);
  } catch {
    // a draft that is too large for the tab's storage is only not kept
  }
}

// Until the new verdict is there, the old one is marked as old.
function unsettle(name) {
  document.getElementById(name).classList.add("outdated");
}

async function ask(form, name, address, focused) {
  latest.get(name)?.abort();
  const control = new AbortController();
  latest.set(name, control);
  unsettle(name);
  try {
    const answer = await fetch(address, { method: "POST", body: new FormData(form), signal: control.signal });
    show(name, await read(answer, name), focused);
  } catch (error) {
    if (error.name !== "AbortError") show(name, tell(name, "The server cannot be reached: nothing was judged or sent. Is mockpin serve running?"), focused);
  }
}

async function read(answer, name) {
  const text = await answer.text();
  const result = new DOMParser().parseFromString(text, "text/html").getElementById(name);
  return result ?? tell(name, `The server did not take this: ${readProblem(answer, text)}`);
}

function tell(name, words) {
  const result = document.getElementById(name).cloneNode();
  result.textContent = words;
  return result;
}

function show(name, result, focused) {
  result.classList.remove("outdated");
  document.getElementById(name).replaceWith(result);
  if (focused) result.focus();
}

function readProblem(answer, text) {
  const isProblem = answer.headers.get("Content-Type") === "application/problem+json";
  return isProblem ? JSON.parse(text).detail : `${answer.status} ${answer.statusText}`;
}

function takeFiles(area) {
  const over = (on) => (event) => {
    event.preventDefault();
    area.classList.toggle("over", on);
  };
  area.addEventListener("dragover", over(true));
  area.addEventListener("dragleave", over(false));
  area.addEventListener("drop", async (event) => {
    if (!event.dataTransfer.files.length) return;
    over(false)(event);
    area.value = await event.dataTransfer.files[0].text();
    keep(area.value);
    area.form.requestSubmit();
  });
}
