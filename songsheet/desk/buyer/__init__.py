"""The buyer page: who they are, their story, now."""
