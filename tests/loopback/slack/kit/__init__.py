"""Block Kit as Slack documents it: what a message or a view may hold."""
