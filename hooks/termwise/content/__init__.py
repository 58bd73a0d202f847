"""The generated part of a site, made in a process of its own and kept by digest.

What waits for it imports little. Pages are made in `pages`; here it is decided which must be.
"""
