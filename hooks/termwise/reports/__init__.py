"""What a change, or a gap, means: compared as values first, then told as Markdown or text.

No site is needed and none is made here.
"""
