"""Organisations in French: sentences, links and component parameters made of what the selectors found."""
