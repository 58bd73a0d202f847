"""Clock time: lengths, the week, windows. Same day, same zone, same answer.

Nothing here knows what is charged. A new kind of window is read in `windows`, compiled in
`termwise.compiling.windows` and told in `telling`.
"""
