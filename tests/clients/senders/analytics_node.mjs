// One track call with @segment/analytics-node, which sends to api.segment.io.
import { createRequire } from "node:module";

const { Analytics } = createRequire(`${process.env.CLIENTS}/sender.js`)("@segment/analytics-node");
const analytics = new Analytics({ writeKey: "key-1", maxRetries: 0 });
analytics.track({
  userId: "u-1",
  event: "Order Completed",
  properties: { order_id: "o-1", email: "jo@example.com", currency: "USD", value: 49.5 },
  context: { ip: "73.15.20.4", userAgent: "Mozilla/5.0" },
});
await analytics.closeAndFlush();
