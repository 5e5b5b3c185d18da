// Run by `npm test`: the sender is the shop's own, and mockpin stands in for Pinterest.
import { afterEach, beforeEach, expect, test } from "vitest";
import { sendCheckout } from "./checkout.mjs";
import { addFault, expectEvents, mark, removeFaults } from "./mockpin.mjs";

const order = {
  id: 1017,
  email: "Ada.Lovelace@example.com ",
  cents: 4950,
  currency: "USD",
  url: "https://shop.example.com/thanks",
  ip: "73.15.20.4",
  user_agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0",
};
let after;

beforeEach(async () => {
  after = await mark();
});
afterEach(removeFaults);

test("a checkout reaches Pinterest once", async () => {
  await sendCheckout(order);
  const payload = { "custom_data.value": "49.50", "custom_data.order_id": "1017" };
  const events = await expectEvents({ event_name: "checkout", status: "processed", payload }, { count: 1, after });
  expect(events[0].findings.filter((finding) => finding.severity === "error")).toEqual([]);
});

test("after a rate limit the shop sends again", async () => {
  await addFault({ fault: { status: 429 }, times: 1 });
  await expect(sendCheckout({ ...order, id: 1018 })).rejects.toThrow("Pinterest answered 429");
  await sendCheckout({ ...order, id: 1018 });
  await expectEvents({ event_id: "checkout-1018" }, { count: 1, after });
});
