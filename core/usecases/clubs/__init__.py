"""Clubs: effort is shared, secrets are not."""
