"""Digests, and files kept between runs of which no other run reads half.

It knows nothing of what is kept. What a part is made from decides its digest, code by rooms: each
part names the rooms that make it, and their imports tell the rest.
"""
