package io.chatgovernance.keycloak.events;

import io.chatgovernance.keycloak.request.AccessRequest;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;

/** Sends events on, for every realm, once the server's settings name a webhook: see {@link Webhooks}. */
public final class ForwardingListenerFactory implements EventListenerProviderFactory {

    public static final String ID = "chatgovernance";

    private static final Logger LOG = Logger.getLogger("io.chatgovernance.keycloak.events");

    private List<Webhook> webhooks = List.of();
    private List<Forwarder> forwarders = List.of();
    private List<Thread> threads = List.of();

    /** Stores, in the transaction of the session, what somebody asked for: the bot is sent it as soon as it can be. */
    public static void file(KeycloakSession session, RealmModel realm, AccessRequest request) {
        ((ForwardingListener) session.getProvider(EventListenerProvider.class, ID)).onRequest(request, realm.getId(), realm.getName());
    }

    /** Whether a bot is told what happens in this realm. */
    public static boolean tellsBot(KeycloakSession session, String realm) {
        ForwardingListenerFactory factory = (ForwardingListenerFactory) session.getKeycloakSessionFactory().getProviderFactory(EventListenerProvider.class, ID);
        return factory.webhooks.stream().anyMatch(webhook -> webhook.wants(Kind.ACCESS_REQUEST, realm));
    }

    @Override
    public String getId() {
        return ID;
    }

    /** A realm need not name it among its listeners. */
    @Override
    public boolean isGlobal() {
        return true;
    }

    /** @throws IllegalArgumentException a webhook is set up wrong: the server does not start */
    @Override
    public void init(Config.Scope config) {
        webhooks = Webhooks.read(config::get);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        forwarders = webhooks.stream().map(webhook -> new Forwarder(factory, webhook)).toList();
        factory.register(event -> {
            if (event instanceof PostMigrationEvent && threads.isEmpty())
                threads = forwarders.stream().map(ForwardingListenerFactory::start).toList();
        });
    }

    private static Thread start(Forwarder forwarder) {
        Thread thread = new Thread(forwarder, "chatgovernance-" + forwarder.webhook().name());
        thread.setDaemon(true);
        thread.start();
        LOG.infof("Events are sent to the webhook %s.", forwarder.webhook().name());
        return thread;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new ForwardingListener(session, forwarders);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
