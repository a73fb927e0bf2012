package io.chatgovernance.keycloak.login;

import io.chatgovernance.keycloak.events.ForwardingListenerFactory;
import io.chatgovernance.keycloak.login.Verdict.Denied;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Stops whoever does not qualify before there is a code, on every path that a browser takes, and direct grants before there is a
 * session. It is asked several times in one login: it adds itself to the login session, never to the user.
 */
final class RequiredRolesAction implements RequiredActionProvider {

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";
    private static final String REPORTED = "chatgovernance.denied";
    private static final String WANTED = "chatgovernance.wanted";

    /** The name of the button. */
    private static final String REQUEST = "request";

    /** Without this, {@code ?kc_action=} with our id would pass the action over. */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (!(judge(context) instanceof Denied denied)) {
            login.removeRequiredAction(RequiredRolesActionFactory.ID);
            return;
        }

        Denial denial = denial(context, denied);
        // The only place that sees a request which must not show a page.
        if (login.getAuthNote(REPORTED) == null) {
            login.setAuthNote(REPORTED, "true");
            denial.report(null);
        }
        if (context.getUriInfo().getPath().endsWith(TOKEN_ENDPOINT))
            throw new CorsErrorResponseException(Denials.cors(context.getSession(), login.getClient()), "access_denied", denial.text(), Response.Status.BAD_REQUEST);
        login.addRequiredAction(RequiredRolesActionFactory.ID);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (judge(context) instanceof Denied denied)
            context.challenge(page(context, denial(context, denied)));
        else
            context.success();
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (!(judge(context) instanceof Denied denied)) {
            context.success();
            return;
        }

        Denial denial = denial(context, denied);
        if (!context.getHttpRequest().getDecodedFormParameters().containsKey(REQUEST)) {
            context.failure(denial.text());
            return;
        }

        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (offersRequest(context) && login.getAuthNote(WANTED) == null) {
            login.setAuthNote(WANTED, "true");
            denial.reportWanted();
        }
        context.challenge(page(context, denial));
    }

    @Override
    public void close() {
    }

    private static Response page(RequiredActionContext context, Denial denial) {
        ClientModel client = denial.client();
        boolean wanted = context.getAuthenticationSession().getAuthNote(WANTED) != null;
        LoginFormsProvider form = context.form();
        if (wanted)
            form.setInfo("chatgovernance.requested");
        return form
                .setAttribute("deniedMessage", denial.message())
                .setAttribute("deniedClient", client.getName() == null || client.getName().isBlank() ? client.getClientId() : client.getName())
                .setAttribute("deniedOffer", offersRequest(context) && !wanted ? "open" : "none")
                .createForm("chatgovernance-denied.ftl");
    }

    /** Where a bot hears of it. */
    private static boolean offersRequest(RequiredActionContext context) {
        return ForwardingListenerFactory.tellsBot(context.getSession(), context.getRealm().getName());
    }

    private static Verdict judge(RequiredActionContext context) {
        return LoginGate.judge(context.getSession(), context.getRealm(), context.getAuthenticationSession().getClient(), context.getUser());
    }

    private static Denial denial(RequiredActionContext context, Denied denied) {
        return new Denial(context.getSession(), context.getRealm(), context.getAuthenticationSession().getClient(), context.getUser(), denied);
    }
}
