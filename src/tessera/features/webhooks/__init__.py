"""Calls to other servers when something happens to content."""
