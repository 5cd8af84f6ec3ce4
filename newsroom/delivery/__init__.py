"""Every copy of every issue: the ledger, the pace, and the ways out of the house."""
