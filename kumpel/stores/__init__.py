"""Where conversations are kept, and for how long."""
