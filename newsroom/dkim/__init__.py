"""Signing mail with DKIM (RFC 6376, RFC 8463)."""
