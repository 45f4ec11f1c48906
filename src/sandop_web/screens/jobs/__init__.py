"""Pages of long work: what is running, how far it is, what came out; files in and out."""
