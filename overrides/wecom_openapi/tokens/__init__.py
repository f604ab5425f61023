"""Access tokens of own and of third-party apps: asked for once, kept, shared between processes, renewed when dead."""
