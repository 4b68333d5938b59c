"""`make bench`: what the checklist page, one tick and the report cost, on a database and a server of its own."""
