package io.chatgovernance.keycloak.events;

import io.chatgovernance.keycloak.login.Denials;
import io.chatgovernance.keycloak.request.AccessRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.keycloak.common.util.Time;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.representations.idm.AdminEventRepresentation;

/**
 * Stores what webhooks are to be sent in the transaction of what happened: either both are in the database, or neither. Errors come in
 * a transaction of their own, so that they stay although the request is undone.
 */
final class ForwardingListener implements EventListenerProvider {

    private final KeycloakSession session;
    private final List<Forwarder> forwarders;

    ForwardingListener(KeycloakSession session, List<Forwarder> forwarders) {
        this.session = session;
        this.forwarders = forwarders;
    }

    @Override
    public void onEvent(Event event) {
        Kind kind = Denials.isDenial(event) ? Kind.DENIED_LOGIN : Kind.USER_EVENT;
        store(kind, event.getId(), event.getTime(), event.getRealmId(), event.getRealmName(), () -> ModelToRepresentation.toRepresentation(event));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        store(Kind.ADMIN_EVENT, event.getId(), event.getTime(), event.getRealmId(), event.getRealmName(), () -> {
            AdminEventRepresentation shown = ModelToRepresentation.toRepresentation(event);
            if (!includeRepresentation)
                shown.setRepresentation(null);
            return shown;
        });
    }

    /** What somebody asked for, in the same transaction as their login. */
    void onRequest(AccessRequest request, String realmId, String realm) {
        store(Kind.ACCESS_REQUEST, UUID.randomUUID().toString(), Time.currentTimeMillis(), realmId, realm, () -> request);
    }

    private void store(Kind kind, String id, long time, String realmId, String realm, Supplier<Object> data) {
        List<Forwarder> concerned = forwarders.stream().filter(forwarder -> forwarder.webhook().wants(kind, realm)).toList();
        if (concerned.isEmpty())
            return;
        String eventId = id == null ? UUID.randomUUID().toString() : id;
        String body = Message.of(kind, eventId, time, realmId, realm, data.get());
        Outbox outbox = Outbox.of(session);
        for (Forwarder forwarder : concerned)
            outbox.add(forwarder.webhook(), eventId, Time.currentTimeMillis(), body);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                concerned.forEach(Forwarder::wake);
            }

            @Override
            protected void rollbackImpl() {
                // nothing was stored
            }
        });
    }

    @Override
    public void close() {
    }
}
