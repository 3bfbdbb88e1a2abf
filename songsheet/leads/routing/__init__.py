"""To whom a lead goes by what both sides agreed, why to this member, and why not to each other."""
