"""The inventories of the project's structures, in French: a module a page."""
