"""Windows of the week, from the text of OpenStreetMap's `opening_hours`.

`notation` takes the text apart into rules and their days, `library` is all that a kept library is
asked, `weekly` makes a window of both; `meant` puts right what people write in other notations.
"""
