package io.chatgovernance.keycloak.login;

import io.chatgovernance.keycloak.login.Verdict.Denied;
import java.util.Optional;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.services.cors.Cors;

/** Denials of sessions that exist already, and what a stored one looks like. */
public final class Denials {

    private Denials() {
    }

    /** Empty: the user of the session may have what its client asks for. */
    static Optional<Denial> of(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        UserSessionModel userSession = clientSession.getUserSession();
        ClientModel client = clientSession.getClient();
        Verdict verdict = LoginGate.judge(session, client.getRealm(), client, userSession.getUser());
        return verdict instanceof Denied denied ? Optional.of(new Denial(session, client.getRealm(), client, userSession.getUser(), denied)) : Optional.empty();
    }

    /** Whether it is one that {@link Denial} reported. */
    public static boolean isDenial(Event event) {
        return event.getType() == EventType.LOGIN_ERROR && Errors.ACCESS_DENIED.equals(event.getError()) && event.getDetails() != null && event.getDetails().containsKey(Denial.POLICY);
    }

    /** As Keycloak's own answers of the token endpoint have it. */
    static Cors cors(KeycloakSession session, ClientModel client) {
        return Cors.builder().auth().allowedMethods("POST").exposedHeaders(Cors.ACCESS_CONTROL_ALLOW_METHODS).checkAllowedOrigins(session, client);
    }
}
