"""Graph components that turn a citizen's words into service, aspect and entities."""
