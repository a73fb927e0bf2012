package io.chatgovernance.keycloak.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver answers, over a real connection. */
class PostTest {

    private static final List<byte[]> SECRETS = List.of("the-new-one".getBytes(StandardCharsets.UTF_8), "the-old-one".getBytes(StandardCharsets.UTF_8));

    private final AtomicInteger tries = new AtomicInteger();
    private volatile int status = 204;
    private volatile String retryAfter;
    private volatile String signature;
    private volatile String body;
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::answer);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        tries.incrementAndGet();
        signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (retryAfter != null)
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private Answer send() throws InterruptedException {
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/events");
        return new Post().send(new Webhook("siem", url, SECRETS, Set.of(), Set.of()), "event-1", "{\"a\":1}", 1_700_000_000);
    }

    @Test
    void while_a_secret_is_exchanged_either_one_proves_what_was_sent() throws InterruptedException {
        assertInstanceOf(Answer.Taken.class, send());

        assertEquals("{\"a\":1}", body);
        assertEquals(Signature.of(SECRETS.subList(0, 1), "event-1", 1_700_000_000, body) + " " + Signature.of(SECRETS.subList(1, 2), "event-1", 1_700_000_000, body), signature);
    }

    @ParameterizedTest
    @ValueSource(ints = { 400, 413, 422 })
    void what_can_never_be_taken_is_told_from_what_may_be_taken_later(int answered) throws InterruptedException {
        status = answered;
        assertEquals(new Answer.Refused(answered), send());
    }

    @ParameterizedTest
    @CsvSource({ "503, 30, 30", "429, 0, 0", "429, -5, 0", "503, 'Wed, 21 Oct 2026 07:28:00 GMT', 0", "404,, 0", "401,, 0", "302,, 0" })
    void a_receiver_that_asks_to_wait_is_heeded_and_no_redirect_is_followed(int answered, String asked, long seconds) throws InterruptedException {
        status = answered;
        retryAfter = asked;

        assertEquals(new Answer.Later(Integer.toString(answered), seconds), send());
        assertEquals(1, tries.get());
    }

    @Test
    void nobody_there_is_tried_again() throws InterruptedException {
        receiver.stop(0);
        assertEquals(new Answer.Later("ConnectException", 0), send());
    }
}
