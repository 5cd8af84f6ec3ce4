"""The ways out of the house: a relay, a provider, a folder. All do the same thing alike."""
