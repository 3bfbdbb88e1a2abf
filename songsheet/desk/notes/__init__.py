"""Notes on the pages of buyers and companies: written, shown, changed in place, with files and mentions."""
