package io.chatgovernance.keycloak.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;

/**
 * What one user may ask for and does not hold: marked {@code requestable}, and for one of their groups where {@code eligible-group} names
 * any. It saves people from asking in vain; the bot checks by all rules.
 */
record Requestables(KeycloakSession session, RealmModel realm, UserModel user) {

    /** More than this nobody reads through. */
    static final int MOST = 100;

    private static final String REQUESTABLE = "requestable";
    private static final String ELIGIBLE = "eligible-group";
    private static final String DESCRIPTION = "description";

    /** By name. */
    List<Requestable> list() {
        Set<GroupModel> groups = user.getGroupsStream().collect(Collectors.toSet());
        Set<String> named = groups.stream().flatMap(group -> Stream.of("id:" + group.getId(), ModelToRepresentation.buildGroupPath(group), group.getName())).collect(Collectors.toSet());
        Set<String> heldRoles = user.getRoleMappingsStream().map(RoleModel::getId).collect(Collectors.toSet());

        Stream<Requestable> ofGroups = session.groups().searchGroupsByAttributes(realm, Map.of(REQUESTABLE, "true"), 0, MOST)
                .filter(group -> !groups.contains(group) && isEligible(levels(group), named))
                .map(group -> new Requestable("group:" + group.getId(), ModelToRepresentation.buildGroupPath(group), description(levels(group))));
        Stream<Requestable> ofRoles = roles()
                .filter(role -> !heldRoles.contains(role.getId()) && isEligible(List.of(role::getAttributeStream), named))
                .map(role -> new Requestable((role.isClientRole() ? "client-role:" : "realm-role:") + role.getId(), nameOf(role), description(List.of(role::getAttributeStream))));
        return Stream.concat(ofGroups, ofRoles).sorted(Comparator.comparing(Requestable::name)).limit(MOST).toList();
    }

    /** Keycloak's own interfaces find no roles by an attribute. */
    private Stream<RoleModel> roles() {
        List<String> ids = session.getProvider(JpaConnectionProvider.class).getEntityManager()
                .createQuery("select a.role.id from RoleAttributeEntity a where a.name = :name and a.value = 'true' and a.role.realmId = :realm", String.class)
                .setParameter("name", REQUESTABLE)
                .setParameter("realm", realm.getId())
                .setMaxResults(MOST)
                .getResultList();
        return ids.stream().distinct().map(realm::getRoleById).flatMap(role -> Optional.ofNullable(role).stream());
    }

    private static String nameOf(RoleModel role) {
        return role.isClientRole() ? ((ClientModel) role.getContainer()).getClientId() + "/" + role.getName() : role.getName();
    }

    /** Attributes of the group and of those above it, the nearest first. */
    private static List<Function<String, Stream<String>>> levels(GroupModel group) {
        List<Function<String, Stream<String>>> levels = new ArrayList<>();
        for (GroupModel at = group; at != null; at = at.getParent())
            levels.add(at::getAttributeStream);
        return levels;
    }

    /** Each level that names groups asks for one of its own. */
    private static boolean isEligible(List<Function<String, Stream<String>>> levels, Set<String> groups) {
        return levels.stream().map(level -> level.apply(ELIGIBLE).toList()).allMatch(names -> names.isEmpty() || names.stream().anyMatch(groups::contains));
    }

    private static String description(List<Function<String, Stream<String>>> levels) {
        return levels.stream().flatMap(level -> level.apply(DESCRIPTION)).findFirst().orElse("");
    }
}
