"""Changes of the schema, in order. Applied at the start; see `core/store/upgrade.py`."""
