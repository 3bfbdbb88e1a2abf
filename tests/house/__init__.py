"""What the import linter cannot see."""
