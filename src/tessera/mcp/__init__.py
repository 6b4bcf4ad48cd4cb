"""The MCP toolkit."""
