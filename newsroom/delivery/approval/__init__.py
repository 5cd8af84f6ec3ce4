"""What is on record of an issue's approval, and of the mails about it."""
