"""What a policy file says of money: charges, what they count, and the rules that change them.

A new field stands here with its meaning, and needs its check in `termwise.checking.tariff`.
"""
