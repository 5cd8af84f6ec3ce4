"""The tables as lines of JSON, from which SQLite and PostgreSQL can both be filled."""
