// One event through Segment's published Pinterest destination, as Segment itself runs it.
const { createRequire } = require("node:module");

const load = createRequire(`${process.argv[2]}/sender.js`);
const { Destination } = load("@segment/actions-core");
const definition = load("./package/dist/destinations/pinterest-conversions").default;
const preset = definition.presets.find(({ name }) => name === "Checkout");
const event = {
  type: "track",
  event: "Checkout",
  messageId: "m-1",
  timestamp: new Date().toISOString(),
  userId: "u-1",
  properties: { order_id: "o-1", email: "jo@example.com", currency: "USD", value: 49.5 },
  context: { ip: "73.15.20.4", userAgent: "Mozilla/5.0", app: { name: "shop" }, page: { url: "https://shop.example.com/" } },
};
const settings = {
  ad_account_id: "549755885175",
  conversion_token: "pina_example",
  subscriptions: [{ ...preset, enabled: true }],
};
new Destination(definition).onEvent(event, settings).then((results) => console.log(JSON.stringify(results)));
