"""From a policy file to editions: frozen, neutral of language, with digests.

Only what decides a price or a page enters an edition. Nothing is checked here; what is compiled
has passed `checking`.
"""
