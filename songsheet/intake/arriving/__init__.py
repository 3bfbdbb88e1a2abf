"""From the inbox into stories: what a worker does with what arrived."""
