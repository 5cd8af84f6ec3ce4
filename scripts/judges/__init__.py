"""Programs that other people wrote, asked what they think of a built site."""
