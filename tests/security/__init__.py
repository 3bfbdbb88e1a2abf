"""Security: what broke others, asked of every route of the map and every operation of the API."""
