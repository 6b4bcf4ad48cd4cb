"""OAuth for agents: a person grants a client an admin token that only this server ever uses."""
