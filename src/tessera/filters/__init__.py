"""Predicates as data, shared by permissions and queries."""
