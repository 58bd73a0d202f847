"""YAML as text: every scalar with its place, as it was written, and written back by its range.

It knows no field of a policy.
"""
