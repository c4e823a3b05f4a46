"""PostgreSQL as code: the cluster's settings, roles and schemas."""
