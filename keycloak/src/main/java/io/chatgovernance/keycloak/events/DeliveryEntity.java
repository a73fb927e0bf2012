package io.chatgovernance.keycloak.events;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a webhook is still to be sent. It is deleted once it was taken. */
@Entity
@Table(name = "CHATGOVERNANCE_DELIVERY")
public class DeliveryEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "WEBHOOK", length = 36)
    private String webhook;

    /** Of the event: the same for each webhook, and at each try. */
    @Column(name = "EVENT_ID", length = 36)
    private String eventId;

    /** By the clock of the node, in milliseconds since 1970. */
    @Column(name = "CREATED_AT")
    private long createdAt;

    @Column(name = "BODY", length = 25500)
    private String body;

    /** How often the receiver answered that it cannot take it, whenever it is sent. */
    @Column(name = "REFUSALS")
    private int refusals;

    /** Not before, in milliseconds since 1970: it was refused, and others go on meanwhile. */
    @Column(name = "DUE_AT")
    private long dueAt;

    /** It is sent no more: somebody has to look. */
    @Column(name = "SET_ASIDE")
    private boolean setAside;

    protected DeliveryEntity() {
    }

    DeliveryEntity(String id, String webhook, String eventId, long createdAt, String body) {
        this.id = id;
        this.webhook = webhook;
        this.eventId = eventId;
        this.createdAt = createdAt;
        this.body = body;
    }

    String id() {
        return id;
    }

    String eventId() {
        return eventId;
    }

    String body() {
        return body;
    }

    int refusals() {
        return refusals;
    }

    /** @param most so often it is tried */
    void refuse(int most, long nextDueAt) {
        refusals++;
        dueAt = nextDueAt;
        setAside = refusals >= most;
    }

    boolean isSetAside() {
        return setAside;
    }
}
