"""What is generated: pages of docs/ (emulation.md, rules.md, cli.md) and tables of ISO codes."""
