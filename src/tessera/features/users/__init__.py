"""Administrators: inviting, finding, editing and deleting them, and one's own profile."""
