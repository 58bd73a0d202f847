"""Texts: figures stand in them only through slots, and every sentence reads well with any figure.

Whether something can be priced is nothing to it: it asks what the words say of the tariff.
"""
