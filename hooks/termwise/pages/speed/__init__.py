"""The page "Speed", drawn from the kept run of the benchmark.

A new figure of `tests/bench` needs its name in `words`.
"""
