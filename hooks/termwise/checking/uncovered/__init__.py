"""Cases without a published price, or with two: what `termwise_calculator.coverage` has found.

Told as problems with their places, in words, and with a case that shows each.
"""
