package io.chatgovernance.keycloak.events;

import io.chatgovernance.keycloak.events.Answer.Later;
import io.chatgovernance.keycloak.events.Answer.Refused;
import io.chatgovernance.keycloak.events.Answer.Taken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Sends what is stored for one webhook, in the order in which it was stored, until each was taken. Every node has one; whoever has the
 * turn sends. A node that dies in between sends again what it had not deleted: with the same id, by which a receiver knows it.
 */
final class Forwarder implements Runnable {

    private static final Logger LOG = Logger.getLogger("io.chatgovernance.keycloak.events");

    private static final int AT_ONCE = 50;
    static final int MOST_REFUSALS = 10;
    private static final long LOOK_EVERY = 2_000;

    /** A batch is broken off long before, and its last call ends before, too. */
    private static final long LEASE = 60_000;
    private static final long BATCH = 30_000;

    private static final long SHORTEST_WAIT = 1_000;
    private static final long LONGEST_WAIT = 5 * 60_000;
    private static final long LONGEST_ASKED = 60 * 60_000;

    private final KeycloakSessionFactory sessions;
    private final Webhook webhook;
    private final Post post = new Post();
    private final String node = UUID.randomUUID().toString();
    private final Semaphore stored = new Semaphore(0);
    private volatile boolean failing;

    Forwarder(KeycloakSessionFactory sessions, Webhook webhook) {
        this.sessions = sessions;
        this.webhook = webhook;
    }

    Webhook webhook() {
        return webhook;
    }

    /** Something was stored for it. */
    void wake() {
        stored.release();
    }

    @Override
    public void run() {
        try {
            while (true) {
                stored.tryAcquire(LOOK_EVERY, TimeUnit.MILLISECONDS);
                stored.drainPermits();
                sendAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        }
    }

    private void sendAll() throws InterruptedException {
        try {
            while (sendSome()) {
                // there may be more
            }
        } catch (RuntimeException e) {
            // The thread's edge: what is stored stays, and is tried again.
            LOG.warnf("Events for the webhook %s could not be read from the database (%s). They are tried again.", webhook.name(), e.getClass().getSimpleName());
        }
    }

    private boolean sendSome() throws InterruptedException {
        long begun = Time.currentTimeMillis();
        if (inTransaction(outbox -> outbox.hasNone(webhook, begun)))
            return false;
        Batch batch = inTransaction(outbox -> outbox.take(webhook, node, begun, begun + LEASE) ? new Batch(outbox.next(webhook, begun, AT_ONCE), outbox.failures(webhook)) : null);
        if (batch == null)
            return false;

        List<String> taken = new ArrayList<>();
        Map<String, Refused> refused = new LinkedHashMap<>();
        Later later = null;
        try {
            for (DeliveryEntity delivery : batch.deliveries()) {
                Answer answer = post.send(webhook, delivery.eventId(), delivery.body(), Time.currentTimeMillis() / 1000);
                if (answer instanceof Taken)
                    taken.add(delivery.id());
                else if (answer instanceof Refused no)
                    refused.put(delivery.id(), no);
                else
                    later = (Later) answer;
                if (later != null || Time.currentTimeMillis() - begun > BATCH)
                    break;
            }
        } finally {
            save(taken, refused, later, batch.failures());
        }
        return later == null;
    }

    private void save(List<String> taken, Map<String, Refused> refused, Later later, int failuresBefore) {
        int failures = later == null ? 0 : taken.isEmpty() && refused.isEmpty() ? failuresBefore + 1 : 1;
        long now = Time.currentTimeMillis();
        inTransaction(outbox -> {
            outbox.delete(taken);
            refused.forEach((id, no) -> putOff(outbox.find(id), no, now));
            outbox.giveBack(webhook, node, failures, later == null ? 0 : now + waitAfter(failures, later.seconds()));
            return null;
        });
        if (later != null && !failing)
            LOG.warnf("The webhook %s does not take events (%s). They are kept, and sent once it does.", webhook.name(), later.why());
        if (later == null && failing)
            LOG.infof("The webhook %s takes events again.", webhook.name());
        failing = later != null;
    }

    /** One that the receiver does not want holds up no other. */
    private void putOff(DeliveryEntity delivery, Refused no, long now) {
        if (delivery == null)
            return; // another node, when the turn was long over, was luckier
        delivery.refuse(MOST_REFUSALS, now + waitAfter(delivery.refusals() + 1, 0));
        if (delivery.isSetAside())
            LOG.errorf("The webhook %s refused the event %s %d times (%d): it is sent no more, and stays in CHATGOVERNANCE_DELIVERY. See what the receiver says against it.", webhook.name(), delivery.eventId(), MOST_REFUSALS, no.status());
        else
            LOG.warnf("The webhook %s refuses the event %s (%d). It is tried again; others are sent meanwhile.", webhook.name(), delivery.eventId(), no.status());
    }

    /** Doubled each time, with a part of it left to chance; or as long as the receiver asks for. In milliseconds. */
    static long waitAfter(int failures, long askedSeconds) {
        long wait = Math.min(LONGEST_WAIT, SHORTEST_WAIT << Math.min(failures - 1, 20));
        return Math.max(wait / 2 + ThreadLocalRandom.current().nextLong(wait / 2 + 1), Math.min(LONGEST_ASKED, askedSeconds * 1000));
    }

    private <T> T inTransaction(Function<Outbox, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> work.apply(Outbox.of(session)));
    }

    private record Batch(List<DeliveryEntity> deliveries, int failures) {
    }
}
