"""The editor in the browser, `/edit/<provider>/`: what its Python answers while staff type.

It runs in the visitor's browser, with the rooms below it as they are. Nothing here asks a clock but
for the day, or sends anything. How it is packed stands in `content`.
"""
