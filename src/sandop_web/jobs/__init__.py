"""Long work: the worker takes a job, does it in a process of its own, and says how it goes."""
