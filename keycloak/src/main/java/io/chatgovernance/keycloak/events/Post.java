package io.chatgovernance.keycloak.events;

import io.chatgovernance.keycloak.events.Answer.Later;
import io.chatgovernance.keycloak.events.Answer.Refused;
import io.chatgovernance.keycloak.events.Answer.Taken;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends one event. It follows no redirects, and what it sends is signed by the time of this try. */
final class Post {

    /** For the whole call, whatever the receiver does. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    Answer send(Webhook webhook, String eventId, String body, long seconds) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(webhook.url())
                .header("content-type", "application/cloudevents+json; charset=utf-8")
                .header("user-agent", "ChatGovernance-Keycloak/1.0")
                .header("webhook-id", eventId)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", Signature.of(webhook.secrets(), eventId, seconds, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        CompletableFuture<HttpResponse<Void>> call = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return read(call.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return new Later(e.getCause().getClass().getSimpleName(), 0);
        } catch (TimeoutException e) {
            return new Later("no answer", 0);
        } finally {
            call.cancel(true);
        }
    }

    private static Answer read(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300)
            return new Taken();
        if (status == 400 || status == 413 || status == 422)
            return new Refused(status);
        return new Later(Integer.toString(status), response.headers().firstValue("retry-after").map(Post::seconds).orElse(0L));
    }

    private static long seconds(String text) {
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return 0; // a date: the usual wait will do
        }
    }
}
