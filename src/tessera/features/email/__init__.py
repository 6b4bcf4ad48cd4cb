"""E-mail as administrators see it: how it is set up, and whether it works."""
