"""Pages of one subject; the addresses stand in `urls`."""
