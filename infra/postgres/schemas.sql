-- One schema per service, owned by its role and closed to all others; "public" belongs to nobody.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA AUTHORIZATION intake;
CREATE SCHEMA AUTHORIZATION dispatch;
CREATE SCHEMA AUTHORIZATION signing;
CREATE SCHEMA AUTHORIZATION tracking;
CREATE SCHEMA AUTHORIZATION accounts;
CREATE SCHEMA AUTHORIZATION reporting;
