"""Admin tokens, API tokens and transfer tokens: keys for machines, and who may have which."""
