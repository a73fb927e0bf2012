package io.chatgovernance.keycloak.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.chatgovernance.keycloak.login.Verdict.Denied;
import io.chatgovernance.keycloak.login.Verdict.Need;
import io.chatgovernance.keycloak.login.Verdict.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In this realm there are the roles {@code reader}, {@code writer} and {@code shop/clerk}, and the groups {@code /staff} and {@code /guests}. */
class LoginEvaluatorTest {

    private static final Set<String> ROLES = Set.of("reader", "writer", "shop/clerk");
    private static final Set<String> GROUPS = Set.of("/staff", "/guests");

    @ParameterizedTest(name = "any of [{0}], all of [{1}], groups [{2}], held [{3}]: {4}")
    @CsvSource({
        "'', '', '', '', allowed",
        "reader, '', '', reader, allowed",
        "reader, '', '', writer, missing_role",
        "reader##shop/clerk, '', '', shop/clerk, allowed",
        "reader##writer, '', '', '', missing_role",
        "'', reader##writer, '', reader##writer, allowed",
        "'', reader##writer, '', writer, missing_role",
        "'', '', /staff, /staff, allowed",
        "'', '', /staff##/guests, /guests, allowed",
        "'', '', /staff, /guests, missing_group",
        "reader, writer, /staff, reader##writer##/staff, allowed",
        "reader, writer, /staff, reader##writer, missing_group",
        "reader, writer, /staff, reader##/staff, missing_role",
        "reader, writer, /staff, writer##/staff, missing_role",
        "nobody, '', '', reader, unknown_name",
        "reader##nobody, '', '', reader, unknown_name",
        "'', nobody, '', reader, unknown_name",
        "'', '', /nowhere, /staff, unknown_name",
        "reader##, '', '', reader, unknown_name",
        "' ', '', '', reader, unknown_name",
    })
    void each_condition_that_names_something_holds(String anyOf, String allOf, String groups, String held, String expected) {
        LoginPolicy policy = LoginPolicy.of("p", Map.of(LoginPolicy.ANY_OF, anyOf, LoginPolicy.ALL_OF, allOf, LoginPolicy.GROUPS, groups));

        Verdict verdict = LoginEvaluator.judge(List.of(policy), holding(Set.of(held.split("##"))));

        assertEquals(expected, verdict instanceof Denied denied ? denied.reason().code() : "allowed");
    }

    @Test
    void several_policies_all_hold_and_the_one_that_does_not_is_named() {
        LoginPolicy one = LoginPolicy.of("one", Map.of(LoginPolicy.ANY_OF, "reader"));
        LoginPolicy two = LoginPolicy.of("two", Map.of(LoginPolicy.ANY_OF, "writer", LoginPolicy.MESSAGE, " Ask Carol. "));

        assertEquals(Verdict.ALLOWED, LoginEvaluator.judge(List.of(one, two), holding(Set.of("reader", "writer"))));
        Denied denied = assertInstanceOf(Denied.class, LoginEvaluator.judge(List.of(one, two), holding(Set.of("reader"))));
        assertEquals(new Denied("two", Reason.MISSING_ROLE, List.of("writer"), true, "Ask Carol.", List.of(Need.ofRoles(List.of("writer")))), denied);
    }

    @Test
    void of_all_that_are_needed_only_those_that_are_missing_are_named() {
        LoginPolicy policy = LoginPolicy.of("p", Map.of(LoginPolicy.ALL_OF, "reader##writer##shop/clerk"));

        Denied denied = assertInstanceOf(Denied.class, LoginEvaluator.judge(List.of(policy), holding(Set.of("writer"))));
        assertEquals(List.of("reader", "shop/clerk"), denied.missing());
        assertEquals(false, denied.anyOf());
    }

    @Test
    void what_is_missing_is_gathered_from_every_policy() {
        LoginPolicy one = LoginPolicy.of("one", Map.of(LoginPolicy.ALL_OF, "reader##writer", LoginPolicy.GROUPS, "/staff##/guests"));
        LoginPolicy two = LoginPolicy.of("two", Map.of(LoginPolicy.ANY_OF, "writer##shop/clerk"));

        Denied denied = assertInstanceOf(Denied.class, LoginEvaluator.judge(List.of(one, two), holding(Set.of("reader"))));
        assertEquals(List.of(Need.ofRoles(List.of("writer")), Need.ofGroups(List.of("/staff", "/guests")), Need.ofRoles(List.of("writer", "shop/clerk"))), denied.needs());
    }

    @Test
    void where_a_policy_names_nothing_that_exists_nothing_that_is_given_lets_anybody_in() {
        LoginPolicy lacking = LoginPolicy.of("lacking", Map.of(LoginPolicy.ANY_OF, "reader"));
        LoginPolicy wrong = LoginPolicy.of("wrong", Map.of(LoginPolicy.ANY_OF, "nobody"));

        Denied denied = assertInstanceOf(Denied.class, LoginEvaluator.judge(List.of(lacking, wrong), holding(Set.of())));
        assertEquals(new Denied("wrong", Reason.UNKNOWN_NAME, List.of("nobody"), false, null, List.of()), denied);
    }

    @Test
    void a_policy_without_any_value_asks_for_nothing() {
        assertEquals(Verdict.ALLOWED, LoginEvaluator.judge(List.of(LoginPolicy.of("p", Map.of())), holding(Set.of())));
    }

    private static Holdings holding(Set<String> held) {
        return new Holdings() {
            @Override
            public Optional<Boolean> hasRole(String name) {
                return ROLES.contains(name) ? Optional.of(held.contains(name)) : Optional.empty();
            }

            @Override
            public Optional<Boolean> isIn(String path) {
                return GROUPS.contains(path) ? Optional.of(held.contains(path)) : Optional.empty();
            }
        };
    }
}
