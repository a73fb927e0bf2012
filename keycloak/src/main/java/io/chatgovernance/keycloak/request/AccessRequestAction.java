package io.chatgovernance.keycloak.request;

import io.chatgovernance.keycloak.events.ForwardingListenerFactory;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.UserModel;

/** A form at login in which somebody asks for what they need. It never keeps anybody from logging in. */
final class AccessRequestAction implements RequiredActionProvider {

    static final List<String> LENGTHS = List.of("1h", "4h", "8h", "1d", "7d", "30d");

    private static final String USUAL_LENGTH = "8h";
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;
    private static final int MOST_TARGETS = 20;
    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private static final Logger LOG = Logger.getLogger("io.chatgovernance.keycloak.request");

    /** An application may lead here: {@code ?kc_action=chatgovernance-access-request}. */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** A direct grant has no pages, and fails for whoever has anything to do: the form waits for a login that has. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        UserModel user = context.getUser();
        if (!context.getUriInfo().getPath().endsWith(TOKEN_ENDPOINT) || user.getRequiredActionsStream().noneMatch(AccessRequestActionFactory.ID::equals))
            return;
        user.removeRequiredAction(AccessRequestActionFactory.ID);
        context.getSession().getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                user.addRequiredAction(AccessRequestActionFactory.ID);
            }

            @Override
            protected void rollbackImpl() {
                // it was not taken away either
            }
        });
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        List<Requestable> offered = offered(context);
        if (offered.isEmpty())
            context.success();
        else
            context.challenge(page(context, offered, Entered.NOTHING, null));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        List<Requestable> offered = offered(context);
        if (form.containsKey("skip") || offered.isEmpty()) {
            context.success();
            return;
        }

        Entered entered = Entered.of(form, offered);
        String wrong = entered.problem();
        if (wrong != null) {
            context.challenge(page(context, offered, entered, wrong));
            return;
        }
        ForwardingListenerFactory.file(context.getSession(), context.getRealm(), new AccessRequest(context.getUser().getId(), entered.targets(), entered.length(), entered.reason()));
        context.success();
    }

    @Override
    public void close() {
    }

    /** Empty as well where nobody would hear of it, or what there is cannot be read. */
    private static List<Requestable> offered(RequiredActionContext context) {
        if (!ForwardingListenerFactory.tellsBot(context.getSession(), context.getRealm().getName()))
            return List.of();
        try {
            return new Requestables(context.getSession(), context.getRealm(), context.getUser()).list();
        } catch (RuntimeException e) {
            LOG.warnf("What can be asked for at login could not be read (%s): the form is passed over.", e.getClass().getSimpleName());
            return List.of();
        }
    }

    private static Response page(RequiredActionContext context, List<Requestable> offered, Entered entered, String wrong) {
        List<Map<String, String>> targets = offered.stream()
                .map(target -> Map.of("id", target.target(), "name", target.name(), "description", target.description(), "checked", Boolean.toString(entered.targets().contains(target.target()))))
                .toList();
        LoginFormsProvider form = context.form();
        if (wrong != null)
            form.setError(wrong);
        return form
                .setAttribute("requestables", targets)
                .setAttribute("lengths", LENGTHS)
                .setAttribute("length", entered.length())
                .setAttribute("reason", entered.reason())
                .createForm("chatgovernance-request.ftl");
    }

    /** Raw values, each one of those that the form offers or left out. */
    private record Entered(List<String> targets, String length, String reason) {

        static final Entered NOTHING = new Entered(List.of(), USUAL_LENGTH, "");

        static Entered of(MultivaluedMap<String, String> form, List<Requestable> offered) {
            List<String> picked = form.getOrDefault("target", List.of());
            List<String> targets = offered.stream().map(Requestable::target).filter(picked::contains).toList();
            String length = form.getFirst("length");
            String reason = form.getFirst("reason");
            return new Entered(targets, LENGTHS.contains(length) ? length : USUAL_LENGTH, reason == null ? "" : reason.strip());
        }

        /** The key of what is wrong; null: nothing is. */
        String problem() {
            if (targets.isEmpty())
                return "chatgovernance.pickOne";
            if (targets.size() > MOST_TARGETS)
                return "chatgovernance.pickFewer";
            if (reason.length() < SHORTEST_REASON)
                return "chatgovernance.reasonShort";
            return reason.length() > LONGEST_REASON ? "chatgovernance.reasonLong" : null;
        }
    }
}
