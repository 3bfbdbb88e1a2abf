"""Words that members put on people, companies, leads and deals, to find them by."""
