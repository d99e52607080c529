"""The routes of the API below /v1, one file for each kind of thing."""
