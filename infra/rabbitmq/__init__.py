"""RabbitMQ as code: virtual host, queues, policy, users and their rights."""
