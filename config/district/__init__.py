"""The real district as data: its bodies, the networks, formats, grounds and the norm of the order."""
