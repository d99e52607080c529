"""A car behind a KUKSA databroker; needs the extra ``kuksa``.

``fujia.vehicle.kuksa.car`` holds the car. Nothing is imported here, so that who asks for a module
without having the extra gets a MissingExtra where it is asked for.
"""
