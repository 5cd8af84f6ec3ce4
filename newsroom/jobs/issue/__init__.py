"""An issue, from its draft to the evidence of what was sent."""
