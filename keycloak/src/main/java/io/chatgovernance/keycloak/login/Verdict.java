package io.chatgovernance.keycloak.login;

import java.util.List;

/** Whether a user may log in to a client. */
public sealed interface Verdict {

    Verdict ALLOWED = new Allowed();

    record Allowed() implements Verdict {
    }

    /**
     * @param policy  the name of the policy that says so
     * @param reason  a word for programs, stored with the event
     * @param missing what the user lacks, or what the policy names and nobody can say what it is, in the policy's words
     * @param anyOf   one of those would do
     * @param message for people; null: the usual one
     * @param needs   all that is missing, for every policy of the client; empty: nothing that somebody could be given would do
     */
    record Denied(String policy, Reason reason, List<String> missing, boolean anyOf, String message, List<Need> needs) implements Verdict {
    }

    /**
     * Something that is missing.
     *
     * @param roles  or none, where it is about groups
     * @param groups or none, where it is about roles
     */
    record Need(List<String> roles, List<String> groups) {

        static Need ofRoles(List<String> anyOf) {
            return new Need(anyOf, List.of());
        }

        static Need ofGroups(List<String> anyOf) {
            return new Need(List.of(), anyOf);
        }
    }

    enum Reason {
        /** The user does not hold the roles. */
        MISSING_ROLE("missing_role"),

        /** The user is in none of the groups. */
        MISSING_GROUP("missing_group"),

        /** The policy names a role or group that does not exist, or that could be one of several: nobody is let in. */
        UNKNOWN_NAME("unknown_name");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
