// Run by `npm run test:tag`: a page with Pinterest's own snippet in a real browser; its script and beacon go to mockpin.
import { test } from "@playwright/test";
import { expectEvents, mark } from "./mockpin.mjs";

const SNIPPET = `
!function(e){if(!window.pintrk){window.pintrk = function () {
window.pintrk.queue.push(Array.prototype.slice.call(arguments))};var
  n=window.pintrk;n.queue=[],n.version="3.0";var
  t=document.createElement("script");t.async=!0,t.src=e;var
  r=document.getElementsByTagName("script")[0];
  r.parentNode.insertBefore(t,r)}}("https://s.pinimg.com/ct/core.js");
pintrk('load', '2612345678901', {em: 'ada.lovelace@example.com'});
pintrk('page');
pintrk('track', 'checkout', {value: 49.5, order_quantity: 1, currency: 'USD', event_id: 'checkout-1017'});`;

test("the tag reports the checkout", async ({ page }) => {
  const after = await mark();
  await page.route("https://shop.example.com/**", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html><body><script>${SNIPPET}</script></body>` }),
  );
  await page.goto("https://shop.example.com/thanks");
  await expectEvents({ event_name: "checkout", source: "tag", event_id: "checkout-1017" }, { count: 1, after });
});
