"""The tools of documents: what agents find at the MCP server."""
