package io.chatgovernance.keycloak.events;

/** What is sent on. */
enum Kind {
    /** A stored change by an administrator or by the Admin REST API. */
    ADMIN_EVENT("io.chatgovernance.keycloak.admin-event"),

    /** What a user did or failed to do. */
    USER_EVENT("io.chatgovernance.keycloak.user-event"),

    /** A user event that says that somebody was not let in: see {@code docs/provider.md}. */
    DENIED_LOGIN("io.chatgovernance.keycloak.user-event"),

    /** What somebody asked for in the form at login. */
    ACCESS_REQUEST("io.chatgovernance.keycloak.access-request");

    private final String type;

    Kind(String type) {
        this.type = type;
    }

    /** As CloudEvents has it. */
    String type() {
        return type;
    }
}
