"""Who is asking: credentials become principals."""
