"""Our own websites that tell us of visits, and what each of them may tell."""
