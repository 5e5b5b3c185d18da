// Pinterest's tag, emulated: what the official snippet loads from s.pinimg.com/ct/core.js.
//
// It sends each event to /v3/ as Pinterest's own script does: `tid`, `event`, `ed` and `ad` as JSON, `pd[...]` for
// match keys. Served for s.pinimg.com it sends to ct.pinterest.com, otherwise to the server it came from.
//
// Documented: load, page, track, set, setconsent; the e-mail address is hashed here. `page` reports no conversion
// event, as the snippet's own image for browsers without scripts (event=init) reports none.
(() => {
  "use strict";
  const origin = new URL(document.currentScript.src).origin;
  const server = origin === "https://s.pinimg.com" ? "https://ct.pinterest.com" : origin;
  const HASHED = /^[0-9a-f]{64}$/i;
  const tags = [];
  let person = {};
  let consent = true;

  const hash = async (text) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const withHashedEmail = async ({ em, ...rest }) => {
    if (typeof em !== "string" || !em.trim()) return rest;
    if (HASHED.test(em)) return { ...rest, em };
    if (window.crypto && crypto.subtle) return { ...rest, em: await hash(em.trim().toLowerCase()) };
    console.warn("mockpin: this page is neither https nor on localhost, so its e-mail address cannot be hashed.");
    return rest;
  };

  const describePage = () => ({
    loc: location.href,
    ref: document.referrer,
    if: window.self !== window.top,
    sh: screen.height,
    sw: screen.width,
  });

  const send = async (tag, event, data) => {
    const keys = await withHashedEmail({ ...person, ...tag.person });
    const query = new URLSearchParams({ tid: tag.id, event, ed: JSON.stringify(data || {}) });
    for (const [name, value] of Object.entries(keys)) query.set(`pd[${name}]`, value);
    query.set("ad", JSON.stringify(describePage()));
    query.set("cb", String(Date.now()));
    await fetch(`${server}/v3/?${query}`, { mode: "no-cors", keepalive: true, credentials: "omit" });
  };

  const sendToAll = async (event, data, callback) => {
    if (!consent) return;
    await Promise.all(tags.map((tag) => send(tag, event, data)));
    if (typeof callback === "function") callback(true);
  };

  const calls = {
    load: (id, keys) => void tags.push({ id: String(id), person: { ...keys } }),
    page: (data, callback) => sendToAll("init", data, callback),
    track: (event, data, callback) => sendToAll(String(event), data, callback),
    set: (keys) => void (person = { ...person, ...keys }),
    setconsent: (given) => void (consent = given !== false),
  };

  const run = (call) => {
    const [name, ...rest] = call;
    if (!Object.hasOwn(calls, name)) return console.warn(`mockpin: pintrk has no call ${name}`);
    return Promise.resolve(calls[name](...rest)).catch((error) => console.warn(`mockpin: ${error.message}`));
  };

  const pintrk = (window.pintrk = window.pintrk || Object.assign(() => {}, { queue: [] }));
  const queued = pintrk.queue || [];
  pintrk.queue = { push: run };
  for (const call of queued) run(call);
})();
