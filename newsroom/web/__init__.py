"""The public web: the built site, and the forms with which readers come and go."""
