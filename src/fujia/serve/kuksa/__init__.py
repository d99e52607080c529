"""A car for KUKSA clients: a gRPC server that speaks kuksa.val.v1 and v2; the extra ``kuksa``.

``fujia.serve.kuksa.server`` holds ``serve_kuksa``. Nothing is imported here, so that a command can
look for the extra first.
"""
