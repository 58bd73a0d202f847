"""The words of the interface and what is taken of CLDR: what `Words` is made of in each language.

English stands in the code, the other languages in `locales`; `catalogue` brings them in line. No
policy is read here.
"""
