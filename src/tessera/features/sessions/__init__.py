"""Administrators signing up, in and out: passwords, access tokens, refresh cookies and sign-in sessions."""
