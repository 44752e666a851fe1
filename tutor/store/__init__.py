"""The store: every SQL statement, the schema and its migrations."""
