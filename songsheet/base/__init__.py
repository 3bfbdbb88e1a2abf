"""What every part may use: time, ids, money, text folding, refusals; no models."""
