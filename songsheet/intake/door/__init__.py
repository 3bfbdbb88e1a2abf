"""The door itself: a small ASGI application that keeps what arrives and answers."""
