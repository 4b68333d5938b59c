"""The pathway in French: its page, the page of a line, the first page of a structure, the follow-up of all."""
