// One track call with @segment/analytics-next in a browser. The page's title says when it is sent.
import { AnalyticsBrowser } from "@segment/analytics-next";

const properties = { order_id: "o-1", email: "jo@example.com", currency: "USD", value: 49.5 };
AnalyticsBrowser.load({ writeKey: "key-1" })
  .track("Order Completed", properties)
  .then(() => (document.title = "sent"));
