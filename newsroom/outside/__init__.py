"""What newsroom asks of other machines over HTTP."""
