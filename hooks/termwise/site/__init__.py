"""From content to a site, whatever generator stands between.

`scripts_and_styles`, `content_security` and the passes over finished HTML live here. MkDocs may
not enter: it stands in `mkdocs`.
"""
