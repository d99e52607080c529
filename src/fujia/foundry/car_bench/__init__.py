"""Tasks derived from CAR-bench (MIT), played in a simulated car of ours.

Call what comes out "CAR-bench-derived": the tools are ours, nobody simulates the user, and only
the tasks are used whose tools have a match here. It is not a score of that benchmark.
"""
