"""What a member is told: once for each thing, in the application and by mail."""
