"""Reading bounces and complaints: what came back, and what it says about an address."""
