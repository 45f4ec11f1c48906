"""The S&OP sheet of each family; the addresses stand in `urls`."""
