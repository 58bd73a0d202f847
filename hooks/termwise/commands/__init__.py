"""`termwise`: what is asked on the command line, and what is answered.

Commands say what other rooms have found; they decide nothing.
"""
