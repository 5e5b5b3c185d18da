"""What must have been received, whether it was, and what came closest."""
