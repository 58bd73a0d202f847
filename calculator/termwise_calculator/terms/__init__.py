"""What a compiled policy is: frozen types, reading them, and when their windows are open.

Nothing here prices or speaks. A new field stands in a type here, in `loading`, in the compiler
(`termwise.compiling`) and in the form of policy files (`termwise.policy_form`), all at once.
"""
