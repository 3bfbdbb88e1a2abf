"""Enquiries: what somebody asks us, sorted by kind; what is not buying goes to whoever answers it."""
