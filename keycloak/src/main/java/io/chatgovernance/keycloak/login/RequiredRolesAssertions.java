package io.chatgovernance.keycloak.login;

import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.dom.saml.v2.protocol.StatusCodeType;
import org.keycloak.dom.saml.v2.protocol.StatusResponseType;
import org.keycloak.dom.saml.v2.protocol.StatusType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;
import org.keycloak.utils.KeycloakSessionUtil;

/** Lets no assertion out for whoever does not qualify: the application gets {@code Responder/RequestDenied} with the message instead. */
public final class RequiredRolesAssertions implements SamlAuthenticationPreprocessor {

    @Override
    public String getId() {
        return RequiredRolesActionFactory.ID;
    }

    @Override
    public StatusResponseType beforeSendingResponse(StatusResponseType answer, AuthenticatedClientSessionModel clientSession) {
        if (!(answer instanceof ResponseType response) || response.getAssertions().isEmpty())
            return answer;
        Optional<Denial> denial = Denials.of(KeycloakSessionUtil.getKeycloakSession(), clientSession);
        if (denial.isEmpty())
            return answer;
        denial.get().report(clientSession.getUserSession());
        List.copyOf(response.getAssertions()).forEach(response::removeAssertion);
        response.setStatus(denied(denial.get().text()));
        return response;
    }

    private static StatusType denied(String message) {
        StatusCodeType why = new StatusCodeType();
        why.setValue(JBossSAMLURIConstants.STATUS_REQUEST_DENIED.getUri());
        StatusCodeType code = new StatusCodeType();
        code.setValue(JBossSAMLURIConstants.STATUS_RESPONDER.getUri());
        code.setStatusCode(why);
        StatusType status = new StatusType();
        status.setStatusCode(code);
        status.setStatusMessage(message);
        return status;
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public void init(Config.Scope config) {
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
    }

    @Override
    public void close() {
    }
}
