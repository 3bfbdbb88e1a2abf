"""Many leads are routed anew: who would get what and why, then done with a way back."""
