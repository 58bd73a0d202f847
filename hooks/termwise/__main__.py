"""`python -m termwise`: the command where its script is not on the path."""

from termwise.commands.entry import main

main()
