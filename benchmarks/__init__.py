"""How fast it is, against what one would take instead. Nothing here is a test: see `bench.py`."""
