// One request with pinterest-node-api, which knows no host but api.pinterest.com unless it is told.
const { createRequire } = require("node:module");

const pinterest = createRequire(`${process.env.CLIENTS}/sender.js`)("pinterest-node-api")("pina_example");
pinterest.conversion_events
  .send("549755885175", {}, JSON.parse(process.argv[2]))
  .then((answer) => console.log(JSON.stringify(answer)));
