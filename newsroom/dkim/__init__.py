"""What shows a receiver that a message is its domain's own: DKIM (RFC 6376, RFC 8463)."""
