"""Long work: a worker takes jobs from the queue, one at a time, and has each done by a process beside it."""
