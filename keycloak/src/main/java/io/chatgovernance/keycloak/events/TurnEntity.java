package io.chatgovernance.keycloak.events;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Whose turn it is to send to a webhook: one node of the cluster at a time. */
@Entity
@Table(name = "CHATGOVERNANCE_TURN")
public class TurnEntity {

    @Id
    @Column(name = "WEBHOOK", length = 36)
    private String webhook;

    /** Null: nobody's. */
    @Column(name = "OWNER", length = 36)
    private String owner;

    /** In milliseconds since 1970; whoever has it gives it back before, unless it died. */
    @Column(name = "LEASED_UNTIL")
    private long leasedUntil;

    /** Tries in a row that came to nothing. */
    @Column(name = "FAILURES")
    private int failures;

    /** In milliseconds since 1970. */
    @Column(name = "NEXT_TRY_AT")
    private long nextTryAt;

    protected TurnEntity() {
    }

    TurnEntity(String webhook) {
        this.webhook = webhook;
    }

    int failures() {
        return failures;
    }
}
