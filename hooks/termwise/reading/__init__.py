"""From a folder, or a git revision, to sound policies and providers.

Here policies are opened and git is asked, nowhere else. What is read has passed `checking`.
"""
