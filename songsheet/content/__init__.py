"""What buyers read: pieces, what is claimed in them, where they stand, and who met them."""
