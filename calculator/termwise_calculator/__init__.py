"""The pure core: prices a support session from a compiled policy, and says so in any language.

It knows no files, no clock, no network, no page generator and no browser; the command line, the
page generator and the browser all run this same package.
"""
