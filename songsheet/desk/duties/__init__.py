"""The board of duties: who does what on each side, what nobody does, and what two do."""
