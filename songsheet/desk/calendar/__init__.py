"""What is due on which day: tasks, and deals that are expected to close."""
