"""Who we are: members, their sides, roles and rights, and the settings of the house they work in."""
