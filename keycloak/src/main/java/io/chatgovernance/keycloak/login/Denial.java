package io.chatgovernance.keycloak.login;

import io.chatgovernance.keycloak.login.Verdict.Denied;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.util.JsonSerialization;

/** What a denied login says: to people, to the event store, and to whoever reads the log. */
record Denial(KeycloakSession session, RealmModel realm, ClientModel client, UserModel user, Denied verdict) {

    /** The usual message, from {@code theme-resources/messages}. */
    static final String USUAL_MESSAGE = "${chatgovernance.denied}";

    /** Details of the event. */
    static final String POLICY = "policy";
    static final String MISSING = "missing";
    static final String MISSING_ANY_OF = "missing_any_of";
    static final String NEEDS = "needs";
    static final String WANTED = "access_wanted";

    private static final Pattern MARKUP = Pattern.compile("<[^>]*>");

    private static final Logger LOG = Logger.getLogger("io.chatgovernance.keycloak.login");

    /** As the policy has it: a text, or {@code ${key}} for a localized one. */
    String message() {
        return verdict.message() == null ? USUAL_MESSAGE : verdict.message();
    }

    /** In words without markup, where no page resolves and cleans it. */
    String text() {
        return MARKUP.matcher(words()).replaceAll("").strip();
    }

    private String words() {
        String message = message();
        if (!message.startsWith("${") || !message.endsWith("}"))
            return message;
        String text = session.getProvider(LoginFormsProvider.class).getMessage(message.substring(2, message.length() - 1));
        return text == null || text.isBlank() ? message : text;
    }

    /** An event that Keycloak stores although the request is undone, and one line of the log. */
    void report(UserSessionModel userSession) {
        EventBuilder event = event();
        if (userSession != null)
            event.session(userSession);
        event.error(Errors.ACCESS_DENIED);
        LOG.warnf("Login denied: realm %s, client %s, user %s, policy \"%s\": %s %s. %s",
                realm.getName(), client.getClientId(), user.getId(), verdict.policy(), verdict.reason().code(), verdict.missing(), advice());
    }

    /** The user asked for what is missing: the same event once more, which says so. */
    void reportWanted() {
        event().detail(WANTED, Boolean.TRUE.toString()).error(Errors.ACCESS_DENIED);
    }

    private EventBuilder event() {
        EventBuilder event = new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN_ERROR) // the types that fit better are not stored unless somebody says so
                .client(client)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.REASON, verdict.reason().code())
                .detail(POLICY, verdict.policy())
                .detail(verdict.anyOf() ? MISSING_ANY_OF : MISSING, String.join("##", verdict.missing()));
        if (!verdict.needs().isEmpty())
            event.detail(NEEDS, JsonSerialization.mapper.valueToTree(verdict.needs()).toString());
        if (client.getName() != null)
            event.detail("client_name", client.getName());
        return event;
    }

    private String advice() {
        return switch (verdict.reason()) {
            case MISSING_ROLE -> verdict.anyOf() ? "Give the user one of these roles, or change the policy of the client." : "Give the user these roles, or change the policy of the client.";
            case MISSING_GROUP -> "Put the user into one of these groups, or change the policy of the client.";
            case UNKNOWN_NAME -> "Nobody is let in until the policy of the client names roles and groups that exist, each by the one name that it has.";
        };
    }
}
