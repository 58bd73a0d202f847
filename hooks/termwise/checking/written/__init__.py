"""What is written, before it means anything: fields, values and ids that are not what can be read.

It works on a file in which something is wrong, and finds the likely meant; whatever is told here
hides nothing from the checks of what could be read.
"""
