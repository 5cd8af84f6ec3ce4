"""What sending and returned mail need: the inbox, tokens for a login, the keys of Amazon SNS."""
