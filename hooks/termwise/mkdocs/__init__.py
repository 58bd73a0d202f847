"""MkDocs and its plugin for languages: the only room that imports them.

Another generator would have a room like this one, and change nothing else.
"""
