"""What the pages show, made without Flask."""
