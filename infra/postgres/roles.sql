-- One role per service, once per cluster; passwords are set by whoever runs this.
CREATE ROLE intake LOGIN;
CREATE ROLE dispatch LOGIN;
CREATE ROLE signing LOGIN;
CREATE ROLE tracking LOGIN;
CREATE ROLE accounts LOGIN;
CREATE ROLE reporting LOGIN;
