"""Phrases that several parts of a policy page share: figures, lengths, units, answers.

Each comes as HTML in the words of one page. What is put together from them lives in other rooms.
"""
