"""How plans are compared with what was wanted, and MAC-SLU as wanted commands."""
