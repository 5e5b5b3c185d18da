// What a test asks of mockpin, over its admin API: https://<server>/__mockpin/openapi.json describes all of it.
//
// `mockpin run` sets MOCKPIN_URL. Every function throws an Error that says what went wrong.
const { MOCKPIN_URL = "http://127.0.0.1:7466" } = process.env;

const call = async (method, path, body) => {
  const answer = await fetch(`${MOCKPIN_URL}/__mockpin/${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`mockpin: ${said.detail} ${JSON.stringify(said.errors)}`);
  return said;
};

/** How far the history has come: events with a greater `seq` are those of this test. */
export const mark = async () => (await call("GET", "events?ad_account_id=000000000000000000")).next;

/**
 * The events that match, once they have come; the server waits for them.
 *
 * `match` has filters such as `event_name`, `event_id`, `status` and `source`, and `payload` with values by path, such as
 * `{"custom_data.order_id": "o1"}`. Duplicates and test requests do not count unless a filter names them.
 */
export const expectEvents = async (match, { count, after = 0, timeoutMs = 2000 } = {}) => {
  const number = count === undefined ? { at_least: 1 } : { count };
  const outcome = await call("POST", "expect", { match, after, timeout_ms: timeoutMs, ...number });
  if (outcome.met) return outcome.events;
  throw new Error(`mockpin: ${outcome.count} events match. Nearest: ${JSON.stringify(outcome.nearest, null, 2)}`);
};

/** Make requests fail, such as `{fault: {status: 429}, times: 1}`; `removeFaults` takes it back. */
export const addFault = (rule) => call("POST", "faults", rule);
export const removeFaults = () => call("DELETE", "faults");
