"""Whether a lead is good enough to be handed over, by the definition that both sides agreed on."""
