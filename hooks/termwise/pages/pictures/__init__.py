"""Drawings of prices: the week, and what a session costs by its length.

A picture shows what quotes cost, and has the same figures beside it as a table.
"""
