"""The same actions and queries over REST."""
