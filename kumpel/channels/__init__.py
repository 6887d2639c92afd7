"""The ways in for citizens: the web channel, REST for tools, and messengers."""
