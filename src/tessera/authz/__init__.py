"""Who may do what: rules, ceilings and abilities, pure."""
