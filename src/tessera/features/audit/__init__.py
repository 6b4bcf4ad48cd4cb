"""The audit log: who did what, by which credential and door."""
