"""Front matter: YAML with its lines, read into typed fields."""
