package io.chatgovernance.keycloak.login;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Lets no token out for whoever does not qualify, whatever grant it comes from and whatever was true when the session began, and takes
 * the clients out of it that the user may not log in to.
 */
final class RequiredRolesTokens implements TokenPostProcessor {

    private final KeycloakSession session;

    RequiredRolesTokens(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        AuthenticatedClientSessionModel clientSession = context.clientSessionCtx().getClientSession();
        Optional<Denial> denial = Denials.of(session, clientSession);
        if (denial.isPresent()) {
            denial.get().report(clientSession.getUserSession());
            throw refusal(denial.get());
        }
        if (context.accessToken() != null)
            withoutDeniedAudiences(context.accessToken(), clientSession.getClient(), clientSession.getUserSession().getUser());
    }

    private WebApplicationException refusal(Denial denial) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        // Implicit and hybrid answers are made at the authorization endpoint, where nobody catches the token endpoint's error.
        if (login == null || session.getContext().getUri().getPath().endsWith("/token"))
            return new CorsErrorResponseException(Denials.cors(session, denial.client()), "access_denied", denial.text(), Response.Status.BAD_REQUEST);
        LoginProtocol protocol = session.getProvider(LoginProtocol.class, OIDCLoginProtocol.LOGIN_PROTOCOL)
                .setSession(session)
                .setRealm(denial.realm())
                .setUriInfo(session.getContext().getUri())
                .setHttpHeaders(session.getContext().getHttpRequest().getHttpHeaders())
                .setEventBuilder(new EventBuilder(denial.realm(), session, session.getContext().getConnection()));
        return new WebApplicationException(protocol.sendError(login, LoginProtocol.Error.CONSENT_DENIED, denial.text()));
    }

    private void withoutDeniedAudiences(AccessToken token, ClientModel client, UserModel user) {
        if (token.getAudience() != null) {
            String[] left = Arrays.stream(token.getAudience()).filter(audience -> audience.equals(client.getClientId()) || isOpen(audience, client, user)).toArray(String[]::new);
            if (left.length < token.getAudience().length)
                token.audience(left);
        }
        if (token.getResourceAccess() != null)
            token.getResourceAccess().keySet().removeIf(owner -> !owner.equals(client.getClientId()) && !isOpen(owner, client, user));
    }

    private boolean isOpen(String clientId, ClientModel client, UserModel user) {
        return LoginGate.judge(session, client.getRealm(), client.getRealm().getClientByClientId(clientId), user) instanceof Verdict.Allowed;
    }
}
