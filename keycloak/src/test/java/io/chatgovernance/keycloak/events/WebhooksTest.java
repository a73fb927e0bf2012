package io.chatgovernance.keycloak.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebhooksTest {

    private static final String SECRET = "0123456789012345678901234";

    @Test
    void where_no_settings_name_one_there_is_none() {
        assertEquals(List.of(), Webhooks.read(Map.<String, String>of()::get));
    }

    @Test
    void the_bot_is_sent_what_concerns_it_and_others_every_event() {
        List<Webhook> webhooks = Webhooks.read(Map.of(
                "bot-url", "https://bot.example.org/keycloak/events", "bot-secret", SECRET, "bot-realms", "one, two",
                "webhooks", "siem", "siem-url", "http://siem:8080/in", "siem-secret", SECRET)::get);

        Webhook bot = webhooks.get(0);
        Webhook siem = webhooks.get(1);
        assertTrue(bot.wants(Kind.ADMIN_EVENT, "one") && bot.wants(Kind.DENIED_LOGIN, "two") && bot.wants(Kind.ACCESS_REQUEST, "one"));
        assertFalse(bot.wants(Kind.USER_EVENT, "one") || bot.wants(Kind.ADMIN_EVENT, "three"));
        assertTrue(siem.wants(Kind.ADMIN_EVENT, "three") && siem.wants(Kind.USER_EVENT, "three") && siem.wants(Kind.DENIED_LOGIN, "three"));
        assertFalse(siem.wants(Kind.ACCESS_REQUEST, "three"));
    }

    @Test
    void a_secret_comes_from_the_settings_or_a_file_as_text_or_base64(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");

        List<byte[]> secrets = Webhooks.read(Map.of("bot-url", "https://bot", "bot-secret-file", file.toString(), "bot-secret-previous", SECRET)::get).get(0).secrets();

        assertEquals(24, secrets.get(0).length);
        assertEquals(SECRET, new String(secrets.get(1), StandardCharsets.UTF_8));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void what_is_set_up_wrong_is_named(Map<String, String> settings, String named) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Webhooks.read(settings::get)).getMessage().startsWith(named));
    }

    static Stream<Arguments> what_is_set_up_wrong_is_named() {
        return Stream.of(
                Arguments.of(Map.of("bot-url", "https://bot"), "bot-secret is missing"),
                Arguments.of(Map.of("bot-url", "https://bot", "bot-secret-previous", SECRET), "bot-secret is missing"),
                Arguments.of(Map.of("bot-url", "https://bot", "bot-secret", "short"), "bot-secret is shorter"),
                Arguments.of(Map.of("bot-url", "https://bot", "bot-secret", "whsec_***"), "bot-secret is not Base64"),
                Arguments.of(Map.of("bot-url", "https://bot", "bot-secret-file", "/nowhere/at/all"), "bot-secret-file cannot be read"),
                Arguments.of(Map.of("bot-url", "ftp://bot", "bot-secret", SECRET), "bot-url is not"),
                Arguments.of(Map.of("webhooks", "siem", "siem-secret", SECRET), "siem-url is not"),
                Arguments.of(Map.of("webhooks", "SIEM"), "webhooks"),
                Arguments.of(Map.of("webhooks", "bot"), "webhooks"));
    }
}
