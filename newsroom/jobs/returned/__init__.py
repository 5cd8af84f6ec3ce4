"""What comes back: bounces, complaints, and those who leave by mail."""
