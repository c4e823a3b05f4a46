"""Making signatures: the prepared fields, the leader's signature, the agency's seal."""
