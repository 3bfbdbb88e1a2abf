"""What goes out beside the pages: changes for programs that ask, webhooks for those that want to be told."""
