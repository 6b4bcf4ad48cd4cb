"""The people who use a site: their accounts, their roles, and what each role may do."""
