"""Of the DNS: records, where a host is and whether everybody may go there, who takes mail."""
