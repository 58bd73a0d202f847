"""Days and places: holidays, countries, time zones, from kept libraries and lists by date."""
