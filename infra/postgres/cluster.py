"""The definitions of the database as code: settings, roles, schemas, and who may enter.

A cluster has one role per service. A *place* (database) is a copy of the template with one schema
per service, owned by the role of the same name and closed to every other.
"""

from pathlib import Path

import psycopg
from psycopg import sql

HERE = Path(__file__).parent
SETTINGS = HERE / "vanban.conf"
TEMPLATE = "vanban_template"


def make_roles(admin_url: str, passwords: dict[str, str]) -> None:
    """Create roles, passwords and the template, once per cluster; `passwords` by service name."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'intake'").fetchone():
            admin.execute((HERE / "roles.sql").read_bytes())
        if not _exists(admin, TEMPLATE):
            admin.execute(f"CREATE DATABASE {TEMPLATE}")
        for role, password in passwords.items():
            alter = sql.SQL("ALTER ROLE {} PASSWORD {}")
            admin.execute(alter.format(sql.Identifier(role), sql.Literal(password)))
    template_url = admin_url.rsplit("/", 1)[0] + f"/{TEMPLATE}"
    with psycopg.connect(template_url) as template:
        if not template.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'intake'").fetchone():
            template.execute((HERE / "schemas.sql").read_bytes())


def make_database(admin_url: str, database: str, roles: list[str]) -> None:
    """Create a place if it is not there; only the services' roles may connect to it."""
    name = sql.Identifier(database)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        if not _exists(admin, database):
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            admin.execute(create.format(name, sql.Identifier(TEMPLATE)))
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        members = sql.SQL(", ").join(map(sql.Identifier, roles))
        admin.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, members)
        )


def drop_database(admin_url: str, database: str) -> None:
    """Drop a place and everyone connected to it."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


def _exists(admin: "psycopg.Connection[tuple[object, ...]]", database: str) -> bool:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    return found.fetchone() is not None
