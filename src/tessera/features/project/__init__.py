"""The project itself: what its server is, its logos, its first page, and the files that it serves."""
