"""Everything that is asked of other machines: HTTP, DNS, IMAP. A room for each way of asking."""
