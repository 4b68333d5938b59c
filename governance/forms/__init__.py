"""The edges of governance, a module a concern."""
