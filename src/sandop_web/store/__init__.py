"""The only place that knows the database: models, and plans in and out of it."""
