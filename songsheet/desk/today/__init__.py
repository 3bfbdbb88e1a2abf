"""Today: what I do next and why; what became of mine; where revenue leaks. One question for each role."""
