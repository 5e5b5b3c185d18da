"""The names of the commands, in the order a newcomer meets them."""

COMMANDS = (
    "serve",
    "run",
    "demo",
    "validate",
    "transform",
    "send",
    "hash",
    "why-hash",
    "expect",
    "wait",
    "tail",
    "report",
    "explain",
    "replay",
    "mutate",
    "contract",
    "schema",
    "calibrate",
)
