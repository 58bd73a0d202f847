"""How the lines of a quote came about: facts without words, then the words, one matter a module."""
