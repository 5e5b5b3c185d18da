"""Ask a service what it does where Pinterest's documentation is silent, and compare it with the emulator."""
