package io.chatgovernance.keycloak.request;

import java.util.List;

/**
 * What somebody asked for in the form, as the bot is sent it. It can only be filed: who decides, and whether they may have it, is the
 * bot's to find out.
 *
 * @param user    the id of the user of the login session
 * @param targets {@code group:ID}, {@code realm-role:ID} or {@code client-role:ID}
 * @param length  such as {@code 8h}
 */
public record AccessRequest(String user, List<String> targets, String length, String reason) {
}
