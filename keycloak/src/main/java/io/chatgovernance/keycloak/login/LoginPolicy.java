package io.chatgovernance.keycloak.login;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a user must hold to log in to a client, as an administrator wrote it down. Each of the three conditions that names something
 * must hold; one that names nothing asks for nothing.
 *
 * @param name    of the mapper that keeps it
 * @param anyOf   roles of which one must be held: a realm role by its name, a client role by {@code clientId/role}
 * @param allOf   roles that must all be held
 * @param groups  paths of which the user must be in one, or below it
 * @param message for people, or {@code ${key}} for one that is localized; null: the usual one
 */
public record LoginPolicy(String name, List<String> anyOf, List<String> allOf, List<String> groups, String message) {

    public static final String ANY_OF = "any-of";
    public static final String ALL_OF = "all-of";
    public static final String GROUPS = "groups";
    public static final String MESSAGE = "message";

    /** Keycloak stores a list of texts joined so. */
    private static final String SEPARATOR = "##";

    /** Reads whatever is stored. A value that is blank or strange stays in it, so that nobody gets past what could not be understood. */
    public static LoginPolicy of(String name, Map<String, String> config) {
        return new LoginPolicy(name, list(config.get(ANY_OF)), list(config.get(ALL_OF)), list(config.get(GROUPS)), text(config.get(MESSAGE)));
    }

    private static List<String> list(String stored) {
        return stored == null || stored.isEmpty() ? List.of() : Stream.of(stored.split(SEPARATOR, -1)).map(String::strip).toList();
    }

    private static String text(String stored) {
        return stored == null || stored.isBlank() ? null : stored.strip();
    }
}
