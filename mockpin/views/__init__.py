"""What the pages show, without the pages."""
