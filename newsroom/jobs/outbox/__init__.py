"""Single mails on their way: memos to the coordinator left, and whatever waits handed over."""
