"""Pages of scenarios: their list, one with its levers and results, several side by side."""
