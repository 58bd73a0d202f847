"""From what a visitor typed to a quote; `price` reads top to bottom as the pipeline it is.

No words and no HTML: a quote holds figures, names of clauses and reasons without words. Whatever a
line is priced by, the line says.
"""
