"""The demo city page with a chat that works without JavaScript."""
