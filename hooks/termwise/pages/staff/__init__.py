"""What the staff guide shows: the reference of fields, and the worked examples."""
