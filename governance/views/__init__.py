"""The pages of governance, a module a concern."""
