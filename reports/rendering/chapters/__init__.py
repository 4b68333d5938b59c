"""The chapters of the committees' reports, a module a concern. A chapter that would have nothing to say isn't made."""
