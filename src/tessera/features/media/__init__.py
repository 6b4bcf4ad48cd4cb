"""The media library: files and their folders, how they come in and how they are handed out."""
