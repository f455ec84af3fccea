"""The rules of clubs, M17 to M21: effort is shared, secrets are not."""
