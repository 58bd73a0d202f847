"""Cases to price: the standard ones of any policy, and the worked examples of the tariff language.

Reports, pages and the browser's Python take their cases from here: a change shows in all three.
"""
