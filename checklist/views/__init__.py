"""The pages of the checklist, a module a concern."""
