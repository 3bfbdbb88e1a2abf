"""The sheet: for a persona at a stage what hurts them, what they ask, what we say and what we never say."""
