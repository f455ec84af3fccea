"""What clubs are told, in their channel and in private."""
