"""Where the outside world hooks in: files, MkDocs, the browser's Python, the command line."""
