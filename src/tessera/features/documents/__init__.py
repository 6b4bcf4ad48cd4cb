"""Documents in the content manager: reading, writing, publishing, and how they are shown."""
