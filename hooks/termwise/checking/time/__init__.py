"""When: calendars are known, windows never meet, dates are in order, each place has its clock."""
