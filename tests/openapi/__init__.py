"""The description of the server, held against what it answers."""
