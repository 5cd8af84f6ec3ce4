"""What the DNS says of a mail domain, and what receivers make of it: SPF, DKIM, DMARC, MX."""
