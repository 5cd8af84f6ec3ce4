"""What keeps a newsroom safe: backups made, looked through, rotated and brought back."""
