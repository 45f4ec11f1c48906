"""The workbench: what the command line does for one planner, a team does here together."""
