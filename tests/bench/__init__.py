"""Speed and size, as ratios that hold on any machine. Run by `make bench`."""
