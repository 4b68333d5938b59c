"""What `make` calls: standard library only, so that it runs before any virtual environment exists."""
