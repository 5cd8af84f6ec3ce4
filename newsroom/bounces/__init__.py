"""What refusals say about an address."""
