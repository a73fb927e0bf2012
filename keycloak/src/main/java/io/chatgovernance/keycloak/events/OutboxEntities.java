package io.chatgovernance.keycloak.events;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** The tables of what is to be sent, in Keycloak's own database. */
public final class OutboxEntities implements JpaEntityProvider {

    @Override
    public List<Class<?>> getEntities() {
        return List.of(DeliveryEntity.class, TurnEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/chatgovernance-changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return OutboxEntitiesFactory.ID;
    }

    @Override
    public void close() {
    }
}
