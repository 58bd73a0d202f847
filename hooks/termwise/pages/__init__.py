"""Pure functions from a provider to HTML and data files.

No files, no MkDocs, no clock: everything can be called with policies from memory. `content` puts
together what the other rooms make.
"""
