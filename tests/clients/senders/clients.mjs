// Send the payload of the second argument to Pinterest with the HTTP client of the first; print the status.
import { createRequire } from "node:module";
import https from "node:https";

const require = createRequire(`${process.env.CLIENTS}/sender.js`);
const load = (name) => import(require.resolve(name));
const [client, body] = process.argv.slice(2);
const url = "https://api.pinterest.com/v5/ad_accounts/549755885175/events";
const headers = { Authorization: "Bearer pina_example", "Content-Type": "application/json" };
const init = { method: "POST", headers, body };

const useHttps = () =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { method: "POST", headers }, (answer) => resolve(answer.resume().statusCode));
    request.on("error", reject).end(body);
  });

const ways = {
  fetch: async () => (await fetch(url, init)).status,
  https: useHttps,
  axios: async () => (await require("axios").post(url, body, { headers })).status,
  undici: async () => (await require("undici").request(url, init)).statusCode,
  "node-fetch": async () => (await (await load("node-fetch")).default(url, init)).status,
  got: async () => (await (await load("got")).got.post(url, { headers, body })).statusCode,
};
console.log(await ways[client]());
