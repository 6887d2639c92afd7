"""Kumpel Krefeld: everything of the assistant that is not a Rasa SDK action."""
