package io.chatgovernance.keycloak.events;

/** What became of one try. */
sealed interface Answer {

    /** 2xx. */
    record Taken() implements Answer {
    }

    /** It says that this one can never be taken (400, 413, 422). */
    record Refused(int status) implements Answer {
    }

    /**
     * No answer, or one that may be another one later.
     *
     * @param why     a word, or the status
     * @param seconds that the receiver asks to wait; 0: it does not say
     */
    record Later(String why, long seconds) implements Answer {
    }
}
