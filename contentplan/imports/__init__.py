"""Plans that people already have as a table: read, columns recognised, each row checked before it is taken."""
