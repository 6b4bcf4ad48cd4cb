"""Tests of the admin panel that need no browser; those that do are in panel/e2e."""
