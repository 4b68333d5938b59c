"""Signing in, and one's own account. The work is django-allauth's; the words, the pages and the addresses are ours."""
