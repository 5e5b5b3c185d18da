// The workbench without a reload: what was pasted stays in the browser, and only the judgement is put in.
export function attend() {
  for (const form of document.querySelectorAll("form[data-result]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      judge(form);
    });
  }
  for (const area of document.querySelectorAll("textarea[data-drop]")) takeFiles(area);
}

async function judge(form) {
  const name = form.dataset.result;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const result = page.getElementById(name) ?? document.getElementById(name).cloneNode();
  if (!answer.ok) result.textContent = `The server did not take this: ${readProblem(answer, text)}`;
  document.getElementById(name).replaceWith(result);
  result.focus();
}

function readProblem(answer, text) {
  const told = answer.headers.get("Content-Type") === "application/problem+json";
  return told ? JSON.parse(text).detail : `${answer.status} ${answer.statusText}`;
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
    area.form.requestSubmit();
  });
}
