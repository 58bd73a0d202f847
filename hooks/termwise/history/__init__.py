"""What the terms of a provider were before, and what changed when.

States come from git through `reading`, and are compiled by today's compiler. Nothing here knows a
page: differences are told in `pages`.
"""
