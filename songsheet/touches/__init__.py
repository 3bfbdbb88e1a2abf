"""What happened between a buyer and us: touches, tasks, where they came from, campaigns with their spend."""
