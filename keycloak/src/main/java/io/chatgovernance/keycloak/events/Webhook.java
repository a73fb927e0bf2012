package io.chatgovernance.keycloak.events;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Where events are sent.
 *
 * @param name    under which its deliveries are kept: 1 to 36 letters, digits and dashes
 * @param secrets sign each try; the second, while there is one, is on its way out
 * @param realms  by name; empty: all
 * @param kinds   what it is sent
 */
record Webhook(String name, URI url, List<byte[]> secrets, Set<String> realms, Set<Kind> kinds) {

    boolean wants(Kind kind, String realm) {
        return kinds.contains(kind) && (realms.isEmpty() || realms.contains(realm));
    }
}
