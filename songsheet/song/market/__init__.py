"""The market: segments, personas, the journey, what hurts buyers and what they ask."""
