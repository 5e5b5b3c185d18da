"""The generated pages of docs/: emulation.md, rules.md and cli.md."""
