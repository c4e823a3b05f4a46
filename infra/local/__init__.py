"""One machine: PostgreSQL, RabbitMQ, S3 and all of vanban's processes, private and complete."""
