"""Who we sell to: people and companies, how to reach them, what they allow, and who is whom."""
