"""The page of a policy: clauses, tables, figures, holidays and editions.

Every figure goes through the renderer of the calculator.
"""
