"""Everything that can be wrong with a policy, each problem with its place and how to mend it.

A check returns problems and never raises; `whole_policy` lists them all. Each has its mistake in
`tests/checking/broken`.
"""
