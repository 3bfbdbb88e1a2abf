"""What is behind a touch that came by the front doors."""
