"""A quote and a text in a language: words, slots, reasons and HTML.

Nothing here decides a figure. The same code speaks on pages, on the command line and in browsers,
so every figure a reader sees comes through here.
"""
