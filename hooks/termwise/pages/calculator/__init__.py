"""The calculator in a page: its form, and the answers that it holds before Python runs.

Names of controls and of classes are shared with `docs/assets/javascripts/termwise`.
"""
