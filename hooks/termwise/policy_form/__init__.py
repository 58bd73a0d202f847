"""The language of policy files: every value, field and text, and YAML with its places.

What a file may say stands here, what it means in `compiling`, what is wrong beyond its form in
`checking`: a new field changes all three, and `termwise_calculator.terms`.
"""
