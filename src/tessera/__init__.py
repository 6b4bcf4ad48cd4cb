"""Tessera, a headless content management system."""
