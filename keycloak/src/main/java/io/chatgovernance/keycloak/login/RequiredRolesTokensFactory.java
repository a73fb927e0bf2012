package io.chatgovernance.keycloak.login;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

public final class RequiredRolesTokensFactory implements TokenPostProcessorFactory {

    @Override
    public String getId() {
        return RequiredRolesActionFactory.ID;
    }

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new RequiredRolesTokens(session);
    }
}
