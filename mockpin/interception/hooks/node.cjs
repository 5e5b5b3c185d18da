// Loaded by Node before the command (NODE_OPTIONS=--require): connections to the hosts of intercept.json go to mockpin.
//
// Node obeys no proxy variable before version 22, and many clients none at all. Every TCP connection passes through
// net.Socket.prototype.connect. TLS stays TLS: mockpin has a certificate for these hosts, which NODE_EXTRA_CA_CERTS
// makes Node trust.
"use strict";
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");

const { hosts, pinterest, port, tls_port } = JSON.parse(fs.readFileSync(path.join(__dirname, "intercept.json"), "utf8"));
const connect = net.Socket.prototype.connect;

const isOurs = (host) => {
  const name = String(host || "").toLowerCase().replace(/\.$/, "");
  return hosts.includes(name) || pinterest.some((domain) => name === domain || name.endsWith(`.${domain}`));
};

net.Socket.prototype.connect = function connectToMockpin(...args) {
  const normalized = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  const [options] = normalized;
  if (isOurs(options.host)) {
    const mapped = Number(options.port) === 80 ? port : tls_port;
    normalized[0] = { ...options, host: "127.0.0.1", port: mapped, lookup: undefined, family: 4 };
  }
  return connect.call(this, normalized);
};
fs.writeFileSync(path.join(__dirname, "loaded-node"), "");
