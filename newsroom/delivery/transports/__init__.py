"""The transports: a relay over SMTP, a provider over HTTP, a folder."""
