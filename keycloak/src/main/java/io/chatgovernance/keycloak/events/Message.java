package io.chatgovernance.keycloak.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import org.keycloak.util.JsonSerialization;

/** What is sent: a CloudEvent 1.0 whose data is what the Admin REST API shows of the event. */
final class Message {

    private Message() {
    }

    /** @param time in milliseconds since 1970 */
    static String of(Kind kind, String id, long time, String realmId, String realm, Object data) {
        ObjectNode message = JsonSerialization.createObjectNode();
        message.put("specversion", "1.0");
        message.put("id", id);
        message.put("type", kind.type());
        message.put("source", "/realms/" + realm);
        message.put("time", Instant.ofEpochMilli(time).toString());
        message.put("datacontenttype", "application/json");
        message.put("realmid", realmId);
        message.set("data", JsonSerialization.mapper.valueToTree(data));
        try {
            return JsonSerialization.writeValueAsString(message);
        } catch (IOException e) {
            throw new IllegalStateException(e); // a tree can always be written
        }
    }
}
