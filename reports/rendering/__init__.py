"""Making the documents: facts in, PDF out. In workers only, a module a document."""
