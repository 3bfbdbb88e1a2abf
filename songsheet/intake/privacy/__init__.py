"""What a buyer asks about themselves: what we hold, what they allow, and that it goes."""
