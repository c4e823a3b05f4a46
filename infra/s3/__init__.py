"""S3 as code: a real MinIO built from source, for tests."""
