"""One machine: PostgreSQL, RabbitMQ, S3, an axis and all of vanban's processes, private."""
