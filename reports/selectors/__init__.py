"""Reads of the reports app: the documents issued, and the facts that each is made of."""
