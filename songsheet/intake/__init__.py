"""What buyers do with us arrives here as it happens: by events, tracked links, forms and hooks."""
