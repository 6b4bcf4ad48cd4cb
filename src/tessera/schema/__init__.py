"""Content types, components and attributes: model, parsing, physical names, validation; pure."""
