"""A local exchange axis (trục liên thông): a stand-in of the outside world, real over HTTP.

It speaks the thirteen operations as the published clients do, quirks and all, keeps every message
on disk before it answers, rewrites what it forwards, and misbehaves when told to.
"""
