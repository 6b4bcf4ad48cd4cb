"""Plans become text and parameters; pure."""
