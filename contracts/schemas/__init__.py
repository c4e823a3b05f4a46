"""The contracts as JSON Schema and AsyncAPI: generated, committed, and only ever growing.

`python -m contracts.schemas` writes the files beside this one, `--check` says whether they are
stale. One file a service holds its events, its methods with arguments, answers and refusals;
`vanban.json` holds what all services share; `asyncapi.json` says how it travels.
"""
