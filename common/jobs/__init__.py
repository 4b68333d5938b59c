"""Background jobs: `asking` creates and sends them, `execution` claims and runs them, `tasks` is Celery's door."""
