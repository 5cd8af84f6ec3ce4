"""What mail providers tell of us by webhooks: proven to be theirs, read, and put on record."""
