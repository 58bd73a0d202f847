"""What is charged: each charge, rule and promise can be priced, and says one thing.

A check here belongs to fields of `termwise.policy_form.tariff`; when they hold is not its matter.
"""
