package io.chatgovernance.keycloak.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** The example of the specification, standard-webhooks.md. */
    @Test
    void signs_as_standard_webhooks_does() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Signature.of(List.of(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"));
    }

    @Test
    void signs_with_each_secret_while_one_is_on_its_way_out() {
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        byte[] two = "two".getBytes(StandardCharsets.UTF_8);

        assertEquals(Signature.of(List.of(one), "id", 1, "x") + " " + Signature.of(List.of(two), "id", 1, "x"), Signature.of(List.of(one, two), "id", 1, "x"));
    }
}
