package io.chatgovernance.keycloak.login;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** How a policy is entered, the same for both protocols. The labels are in {@code theme-resources/messages}. */
final class LoginPolicyForm {

    static final String DISPLAY_TYPE = "Required roles for login";
    static final String HELP = "Only users who hold these roles, or are in these groups, get a login or a token of this client. It adds nothing to tokens.";
    static final String CATEGORY = "Login policy";

    /** Longer than any sentence that somebody reads on a page that denies them something. */
    static final int LONGEST_MESSAGE = 500;

    private LoginPolicyForm() {
    }

    static List<ProviderConfigProperty> fields() {
        return ProviderConfigurationBuilder.create()
                .property().name(LoginPolicy.ANY_OF).label("chatgovernance.anyOf").helpText("chatgovernance.anyOf.help").type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE).add()
                .property().name(LoginPolicy.ALL_OF).label("chatgovernance.allOf").helpText("chatgovernance.allOf.help").type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE).add()
                .property().name(LoginPolicy.GROUPS).label("chatgovernance.groups").helpText("chatgovernance.groups.help").type(ProviderConfigProperty.MULTIVALUED_STRING_TYPE).add()
                .property().name(LoginPolicy.MESSAGE).label("chatgovernance.message").helpText("chatgovernance.message.help").type(ProviderConfigProperty.TEXT_TYPE).add()
                .build();
    }

    /**
     * Refuses what would let nobody in. Keycloak asks only where a mapper is saved by itself: what arrives with a whole client, an import
     * or by the database is denied by the evaluator instead.
     */
    static void validate(KeycloakSession session, RealmModel realm, ProtocolMapperModel mapper) throws ProtocolMapperConfigException {
        LoginPolicy policy = LoginPolicy.of(mapper.getName(), mapper.getConfig());
        RealmNames names = new RealmNames(session, realm);
        for (String role : policy.anyOf())
            require(names.role(role), "chatgovernance.noRole", "There is no role called \"%s\" here, or several are.", role);
        for (String role : policy.allOf())
            require(names.role(role), "chatgovernance.noRole", "There is no role called \"%s\" here, or several are.", role);
        for (String group : policy.groups())
            require(names.group(group), "chatgovernance.noGroup", "There is no group with the path \"%s\" here, or several have it.", group);
        if (policy.message() != null && policy.message().length() > LONGEST_MESSAGE)
            throw new ProtocolMapperConfigException("chatgovernance.longMessage", "The message is longer than " + LONGEST_MESSAGE + " characters.", LONGEST_MESSAGE);
    }

    private static void require(Optional<?> found, String key, String text, String name) throws ProtocolMapperConfigException {
        if (found.isEmpty())
            throw new ProtocolMapperConfigException(key, text.formatted(name), name);
    }
}
