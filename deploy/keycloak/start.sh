#!/bin/bash
# Keycloak reads secrets from its environment only; Docker gives them as files.
set -euo pipefail

KC_DB_PASSWORD=$(</run/secrets/keycloak-database-password)
KC_BOOTSTRAP_ADMIN_PASSWORD=$(</run/secrets/keycloak-admin-password)
CHATGOVERNANCE_CLIENT_SECRET=$(</run/secrets/keycloak-client-secret)
export KC_DB_PASSWORD KC_BOOTSTRAP_ADMIN_PASSWORD CHATGOVERNANCE_CLIENT_SECRET
exec /opt/keycloak/bin/kc.sh start --import-realm
