"""What each provider's webhook says, in its own words; one file a provider."""
