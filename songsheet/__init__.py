"""Songsheet: marketing and sales run as one Revenue Department."""
