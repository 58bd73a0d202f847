"""Which cases have no price, or two: found by regions of the input space, not by samples.

A tool for staff: browsers do not load it, and nothing that prices or speaks may import it. It
follows `pricing`: a new rule there needs its edges here.
"""
