"""What users see as features, one folder each; they do not know each other."""
