"""Content types and components as administrators see and change them while a site is being made."""
