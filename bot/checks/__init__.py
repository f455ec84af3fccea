"""What `python -m bot check` looks at, a report each. Nothing is changed by looking."""
