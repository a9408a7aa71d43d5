"""Where agreements are: states and territories as equal tiles, list by list."""
