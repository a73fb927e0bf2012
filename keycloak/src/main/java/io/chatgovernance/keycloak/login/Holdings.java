package io.chatgovernance.keycloak.login;

import java.util.Optional;

/** What names mean in a realm, and what one user has of it. */
interface Holdings {

    /**
     * Whether the user holds a role, by whatever way: directly, through a group or its parents, or within another role.
     *
     * @return empty when no role is called so, or several are
     */
    Optional<Boolean> hasRole(String name);

    /**
     * Whether the user is in a group, or in one below it.
     *
     * @return empty when no group has this path, or several have
     */
    Optional<Boolean> isIn(String path);
}
