package io.chatgovernance.keycloak.request;

/**
 * Something that can be asked for.
 *
 * @param target      {@code group:ID}, {@code realm-role:ID} or {@code client-role:ID}
 * @param name        a path, a role's name, or {@code clientId/role}
 * @param description empty where there is none
 */
record Requestable(String target, String name, String description) {
}
