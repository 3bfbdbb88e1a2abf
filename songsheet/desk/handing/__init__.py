"""Handoffs on screen: the brief of a lead, giving it back, and the answers to what came back."""
