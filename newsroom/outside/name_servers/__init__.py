"""The DNS: any record, the addresses of a host, and which hosts take mail for a domain."""
