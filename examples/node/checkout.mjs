// Send a checkout to Pinterest's Conversions API with nothing but Node's own fetch (Node 18 or newer).
//
//     node checkout.mjs '{"id": 1017, "email": "ada@example.com", "cents": 4950, ...}'
//
// Set PINTEREST_AD_ACCOUNT_ID and PINTEREST_CONVERSION_TOKEN. PINTEREST_API_URI may point elsewhere, such as to an
// emulator: http://127.0.0.1:7466/v5.
import { createHash } from "node:crypto";
import { pathToFileURL } from "node:url";

const { PINTEREST_API_URI = "https://api.pinterest.com/v5", PINTEREST_AD_ACCOUNT_ID, PINTEREST_CONVERSION_TOKEN } =
  process.env;

const hashEmail = (address) => createHash("sha256").update(address.trim().toLowerCase()).digest("hex");

// The id is the order's, so that a retry is the same event. Times are in seconds, money is text.
const makeCheckout = (order) => ({
  event_name: "checkout",
  action_source: "web",
  event_time: Math.floor(Date.now() / 1000),
  event_id: `checkout-${order.id}`,
  event_source_url: order.url,
  partner_name: "direct",
  user_data: {
    em: [hashEmail(order.email)],
    client_ip_address: order.ip,
    client_user_agent: order.user_agent,
  },
  custom_data: { currency: order.currency, value: (order.cents / 100).toFixed(2), order_id: String(order.id) },
});

const send = async (events) => {
  const answer = await fetch(`${PINTEREST_API_URI}/ad_accounts/${PINTEREST_AD_ACCOUNT_ID}/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${PINTEREST_CONVERSION_TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify({ data: events }),
    signal: AbortSignal.timeout(10_000),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(`Pinterest answered ${answer.status}: ${body.message}`);
  return body;
};

export const sendCheckout = (order) => send([makeCheckout(order)]);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(await sendCheckout(JSON.parse(process.argv[2]))));
}
