"""Small changes of the code that the tests must notice. Run by `make mutate`."""
