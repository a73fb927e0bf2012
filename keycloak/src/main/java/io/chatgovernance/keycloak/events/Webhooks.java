package io.chatgovernance.keycloak.events;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The webhooks that the server's settings name: {@code bot}, which gets what concerns the bot, and any others, which get every admin and
 * user event. Settings of a webhook begin with its name: {@code bot-url}, {@code bot-secret}, {@code bot-secret-previous} (each secret
 * also as {@code …-file}), {@code bot-realms}; further names are listed under {@code webhooks}.
 */
final class Webhooks {

    static final String BOT = "bot";

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,34}[a-z0-9])?");
    private static final Set<Kind> FOR_THE_BOT = EnumSet.of(Kind.ADMIN_EVENT, Kind.DENIED_LOGIN, Kind.ACCESS_REQUEST);
    private static final Set<Kind> FOR_OTHERS = EnumSet.of(Kind.ADMIN_EVENT, Kind.USER_EVENT, Kind.DENIED_LOGIN);

    /** So that a secret cannot be guessed; Standard Webhooks asks for 24 bytes. */
    private static final int SHORTEST_SECRET = 24;

    private Webhooks() {
    }

    /**
     * @param settings null for what is not set
     * @throws IllegalArgumentException names the setting that is missing or cannot be read
     */
    static List<Webhook> read(UnaryOperator<String> settings) {
        List<Webhook> webhooks = new ArrayList<>();
        if (text(settings, BOT + "-url") != null)
            webhooks.add(read(BOT, FOR_THE_BOT, settings));
        for (String name : list(settings, "webhooks")) {
            if (!NAME.matcher(name).matches() || name.equals(BOT) || name.equals("webhooks"))
                throw new IllegalArgumentException("webhooks: \"" + name + "\" is no name for a webhook: up to 36 small letters, digits and dashes, and not bot or webhooks");
            webhooks.add(read(name, FOR_OTHERS, settings));
        }
        return List.copyOf(webhooks);
    }

    private static Webhook read(String name, Set<Kind> kinds, UnaryOperator<String> settings) {
        byte[] secret = secret(name + "-secret", settings);
        if (secret == null)
            throw new IllegalArgumentException(name + "-secret is missing");
        byte[] previous = secret(name + "-secret-previous", settings);
        List<byte[]> secrets = previous == null ? List.of(secret) : List.of(secret, previous);
        return new Webhook(name, url(name + "-url", settings), secrets, Set.copyOf(list(settings, name + "-realms")), kinds);
    }

    private static URI url(String key, UnaryOperator<String> settings) {
        String text = text(settings, key);
        try {
            URI url = URI.create(text == null ? "" : text);
            if (url.getHost() != null && ("https".equals(url.getScheme()) || "http".equals(url.getScheme())))
                return url;
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalArgumentException(key + " is not an http or https address");
    }

    /** The bytes of a text, or of what follows {@code whsec_} in Base64. */
    private static byte[] secret(String key, UnaryOperator<String> settings) {
        String text = text(settings, key);
        String file = text(settings, key + "-file");
        if (text == null && file != null) {
            try {
                text = Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException(key + "-file cannot be read");
            }
        }
        if (text == null || text.isEmpty())
            return null;
        byte[] secret = secret(key, text);
        if (secret.length < SHORTEST_SECRET)
            throw new IllegalArgumentException(key + " is shorter than " + SHORTEST_SECRET + " bytes");
        return secret;
    }

    private static byte[] secret(String key, String text) {
        if (!text.startsWith(Signature.SECRET_PREFIX))
            return text.getBytes(StandardCharsets.UTF_8);
        try {
            return Base64.getDecoder().decode(text.substring(Signature.SECRET_PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " is not Base64 after " + Signature.SECRET_PREFIX);
        }
    }

    private static String text(UnaryOperator<String> settings, String key) {
        String text = settings.apply(key);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static List<String> list(UnaryOperator<String> settings, String key) {
        String text = text(settings, key);
        return text == null ? List.of() : Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
    }
}
