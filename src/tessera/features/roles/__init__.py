"""Roles of administrators and the permissions they hold."""
