"""What other programs and people's browsers talk to: sessions, API, cockpit, KUKSA server."""
