"""What other systems send us by signed hooks, put into the one shape of an event."""
