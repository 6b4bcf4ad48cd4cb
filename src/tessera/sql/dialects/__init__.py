"""What SQLite, PostgreSQL and MariaDB write differently."""
