"""How the content manager shows content types and components: what it is told of them, and their lists and forms."""
