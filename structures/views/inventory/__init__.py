"""The pages of one structure's inventory: a module a concern."""
