"""What refusals and bounce messages say about an address."""
