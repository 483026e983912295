"""The only SQL: tables, queries, unit of work, audit chain, migrations, backup."""
