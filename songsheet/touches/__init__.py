"""What happened between a buyer and us: touches and tasks, where they came from, campaigns with their spend."""
