"""Views: how the content manager shows each content type and component."""
