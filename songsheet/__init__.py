"""Songsheet: marketing and sales run as one Revenue Department."""

__version__ = "0.1.0"
