"""The outside tools held here: pyHanko, keys, pictures, certificates. One folder a matter.

Used in plain processes only (worker, command line): pyHanko needs ``asyncio``. Everything handed in
and out is plain data, so a job can travel on a queue and a report into the store as JSON.
"""
