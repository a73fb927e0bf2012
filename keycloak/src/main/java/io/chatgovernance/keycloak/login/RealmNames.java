package io.chatgovernance.keycloak.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Resolves names exactly: to one role or group, or to none. A name that could mean two things means nothing. */
final class RealmNames {

    private final KeycloakSession session;
    private final RealmModel realm;

    RealmNames(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** A realm role by its name, or {@code clientId/role}. Either part may itself contain slashes: a SAML client is often called by a URL. */
    Optional<RoleModel> role(String name) {
        List<RoleModel> found = new ArrayList<>();
        add(found, realm.getRole(name));
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            ClientModel client = realm.getClientByClientId(name.substring(0, slash));
            if (client != null)
                add(found, client.getRole(name.substring(slash + 1)));
        }
        return only(found);
    }

    /** By its path, which begins with a slash; a group's own name may contain some, too. */
    Optional<GroupModel> group(String path) {
        List<GroupModel> found = new ArrayList<>();
        if (path.startsWith("/"))
            walk(null, path.substring(1), found);
        return only(found);
    }

    private void walk(GroupModel parent, String rest, List<GroupModel> found) {
        for (int end = end(rest, 0); end >= 0; end = end == rest.length() ? -1 : end(rest, end + 1)) {
            GroupModel group = session.groups().getGroupByName(realm, parent, rest.substring(0, end));
            if (group == null)
                continue;
            if (end == rest.length())
                found.add(group);
            else
                walk(group, rest.substring(end + 1), found);
        }
    }

    /** Where a name that begins before could end: at the next slash, or with the text. */
    private static int end(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    private static <T> void add(List<T> found, T one) {
        if (one != null)
            found.add(one);
    }

    private static <T> Optional<T> only(List<T> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
