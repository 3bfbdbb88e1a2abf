"""How long values of buyers are kept, by purpose: rules, the nightly run, its reports."""
