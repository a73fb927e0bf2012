package io.chatgovernance.keycloak.events;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** What is to be sent, within the transaction of a session. */
record Outbox(EntityManager entities) {

    static Outbox of(KeycloakSession session) {
        return new Outbox(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    void add(Webhook webhook, String eventId, long now, String body) {
        entities.persist(new DeliveryEntity(UUID.randomUUID().toString(), webhook.name(), eventId, now, body));
    }

    boolean hasNone(Webhook webhook, long now) {
        return next(webhook, now, 1).isEmpty();
    }

    /** What is due, the oldest first. What is stored late may be older than what was sent: nothing but its own deletion takes a row out. */
    List<DeliveryEntity> next(Webhook webhook, long now, int most) {
        return entities.createQuery("select d from DeliveryEntity d where d.webhook = :webhook and d.setAside = false and d.dueAt <= :now order by d.createdAt, d.id", DeliveryEntity.class)
                .setParameter("webhook", webhook.name())
                .setParameter("now", now)
                .setMaxResults(most)
                .getResultList();
    }

    void delete(List<String> ids) {
        if (!ids.isEmpty())
            entities.createQuery("delete from DeliveryEntity d where d.id in :ids").setParameter("ids", ids).executeUpdate();
    }

    /** False: another node has the turn, or it is too early for the next try. */
    boolean take(Webhook webhook, String node, long now, long until) {
        if (entities.find(TurnEntity.class, webhook.name()) == null) {
            entities.persist(new TurnEntity(webhook.name()));
            entities.flush(); // fails where another node is as fast: the next time it is there
        }
        return entities.createQuery("update TurnEntity t set t.owner = :node, t.leasedUntil = :until where t.webhook = :webhook and t.nextTryAt <= :now and (t.owner is null or t.leasedUntil < :now)")
                .setParameter("node", node)
                .setParameter("until", until)
                .setParameter("webhook", webhook.name())
                .setParameter("now", now)
                .executeUpdate() == 1;
    }

    int failures(Webhook webhook) {
        return entities.find(TurnEntity.class, webhook.name()).failures();
    }

    /** Does nothing where the turn is another node's by now. */
    void giveBack(Webhook webhook, String node, int failures, long nextTryAt) {
        entities.createQuery("update TurnEntity t set t.owner = null, t.leasedUntil = 0, t.failures = :failures, t.nextTryAt = :next where t.webhook = :webhook and t.owner = :node")
                .setParameter("failures", failures)
                .setParameter("next", nextTryAt)
                .setParameter("webhook", webhook.name())
                .setParameter("node", node)
                .executeUpdate();
    }

    DeliveryEntity find(String id) {
        return entities.find(DeliveryEntity.class, id);
    }
}
