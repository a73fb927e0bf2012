-- Run once by the image, on an empty volume: the owner of the schema, the bot's own role, which the owner gives what it needs at each
-- migration, and a database for each of the two programs, which only its own roles may enter.
\set owner `cat /run/secrets/owner-password`
\set bot `cat /run/secrets/bot-password`
\set keycloak `cat /run/secrets/keycloak-database-password`

CREATE ROLE chatgovernance_owner LOGIN PASSWORD :'owner';
CREATE ROLE chatgovernance LOGIN PASSWORD :'bot';
CREATE ROLE keycloak LOGIN PASSWORD :'keycloak';
CREATE DATABASE chatgovernance OWNER chatgovernance_owner;
CREATE DATABASE keycloak OWNER keycloak;
REVOKE ALL ON DATABASE chatgovernance, keycloak FROM PUBLIC;
GRANT CONNECT ON DATABASE chatgovernance TO chatgovernance;
