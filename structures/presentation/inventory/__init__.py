"""The pages of one structure's inventory, in French: a module a page."""
