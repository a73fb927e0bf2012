package io.chatgovernance.keycloak.login;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.provider.ProviderConfigProperty;

/** Keeps a {@link LoginPolicy} where Keycloak keeps what belongs to a client, and maps nothing. */
public final class OidcLoginPolicyMapper extends AbstractOIDCProtocolMapper {

    public static final String ID = "chatgovernance-oidc-login-policy";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return LoginPolicyForm.CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return LoginPolicyForm.DISPLAY_TYPE;
    }

    @Override
    public String getHelpText() {
        return LoginPolicyForm.HELP;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return LoginPolicyForm.fields();
    }

    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, ProtocolMapperContainerModel owner, ProtocolMapperModel mapper) throws ProtocolMapperConfigException {
        LoginPolicyForm.validate(session, realm, mapper);
    }
}
