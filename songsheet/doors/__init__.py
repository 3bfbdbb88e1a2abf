"""What every door of the house shares: lists, commands, problems in words, idempotency and paging."""
