package io.chatgovernance.keycloak.events;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwarderTest {

    @Test
    void what_is_refused_again_and_again_is_set_aside() {
        DeliveryEntity delivery = new DeliveryEntity("id", "siem", "event", 0, "{}");
        for (int refusals = 0; refusals < Forwarder.MOST_REFUSALS; refusals++) {
            assertFalse(delivery.isSetAside());
            delivery.refuse(Forwarder.MOST_REFUSALS, refusals);
        }
        assertTrue(delivery.isSetAside());
    }

    @ParameterizedTest
    @CsvSource({ "1, 0, 500, 1000", "2, 0, 1000, 2000", "9, 0, 128000, 256000", "10, 0, 150000, 300000", "1000, 0, 150000, 300000", "1, 30, 30000, 30000", "1, 86400, 3600000, 3600000" })
    void waits_longer_each_time_within_bounds(int failures, long asked, long least, long most) {
        for (int i = 0; i < 100; i++) {
            long wait = Forwarder.waitAfter(failures, asked);
            assertTrue(wait >= least && wait <= most, () -> Long.toString(wait));
        }
    }
}
