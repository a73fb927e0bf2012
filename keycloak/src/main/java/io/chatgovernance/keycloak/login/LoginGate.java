package io.chatgovernance.keycloak.login;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The one judge of every login path. It reads the models, never a token or the scopes that were asked for: the policies of the client
 * itself and of each of its client scopes hold, default or optional.
 */
final class LoginGate {

    /** Nobody locks themselves out of what mends it. */
    private static final Set<String> NEVER_LOCKED = Set.of("security-admin-console", "account-console", "account", "admin-cli");

    private static final Set<String> MAPPERS = Set.of(OidcLoginPolicyMapper.ID, SamlLoginPolicyMapper.ID);

    private LoginGate() {
    }

    static Verdict judge(KeycloakSession session, RealmModel realm, ClientModel client, UserModel user) {
        // A client's own account logs nobody in.
        if (client == null || user == null || user.getServiceAccountClientLink() != null || NEVER_LOCKED.contains(client.getClientId()))
            return Verdict.ALLOWED;
        List<LoginPolicy> policies = policiesOf(client);
        return policies.isEmpty() ? Verdict.ALLOWED : LoginEvaluator.judge(policies, new UserHoldings(new RealmNames(session, realm), user));
    }

    private static List<LoginPolicy> policiesOf(ClientModel client) {
        Stream<ProtocolMapperContainerModel> scopes = Stream.concat(client.getClientScopes(true).values().stream(), client.getClientScopes(false).values().stream());
        return Stream.concat(Stream.of(client), scopes)
                .flatMap(ProtocolMapperContainerModel::getProtocolMappersStream)
                .filter(mapper -> MAPPERS.contains(mapper.getProtocolMapper()))
                .map(mapper -> LoginPolicy.of(mapper.getName(), mapper.getConfig()))
                .toList();
    }

    private record UserHoldings(RealmNames names, UserModel user) implements Holdings {

        @Override
        public Optional<Boolean> hasRole(String name) {
            return names.role(name).map(user::hasRole);
        }

        @Override
        public Optional<Boolean> isIn(String path) {
            return names.group(path).map(user::isMemberOf);
        }
    }
}
