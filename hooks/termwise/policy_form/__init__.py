"""The language of policy files: every value, field and text, and YAML with its places.

What a file may say stands here, what it means in `compiling`, what is wrong beyond its shape in
`checking`: a new field changes all three, and `termwise_calculator.terms`. A “form” elsewhere is
what a visitor fills in; a policy file as it stands is `written`, and `compiled` from there.
"""
