"""The ledger: what is frozen, claimed and recorded, and how it adds up."""
