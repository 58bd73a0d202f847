"""The comparison: one case priced by every provider, as a table and as the script asks for more.

Names of controls and of parts are shared with `docs/assets/javascripts/termwise/comparison.js`.
"""
