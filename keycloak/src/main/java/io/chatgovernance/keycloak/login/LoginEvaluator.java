package io.chatgovernance.keycloak.login;

import io.chatgovernance.keycloak.login.Verdict.Denied;
import io.chatgovernance.keycloak.login.Verdict.Need;
import io.chatgovernance.keycloak.login.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Judges by policies alone: all of them must hold, and what cannot be resolved is not held. */
final class LoginEvaluator {

    private LoginEvaluator() {
    }

    static Verdict judge(List<LoginPolicy> policies, Holdings holdings) {
        List<Denied> denials = policies.stream().map(policy -> judge(policy, holdings)).flatMap(Optional::stream).toList();
        if (denials.isEmpty())
            return Verdict.ALLOWED;
        // What is wrong with a policy comes before what a user lacks: nothing that they are given lets them in.
        Optional<Denied> wrong = denials.stream().filter(denied -> denied.reason() == Reason.UNKNOWN_NAME).findFirst();
        return wrong.orElseGet(() -> withNeeds(denials.get(0), denials.stream().flatMap(denied -> denied.needs().stream()).distinct().toList()));
    }

    private static Optional<Denied> judge(LoginPolicy policy, Holdings holdings) {
        Answers anyOf = Answers.to(policy.anyOf(), holdings::hasRole);
        Answers allOf = Answers.to(policy.allOf(), holdings::hasRole);
        Answers groups = Answers.to(policy.groups(), holdings::isIn);

        List<String> unknown = Stream.of(anyOf, allOf, groups).flatMap(answers -> answers.unknown().stream()).toList();
        if (!unknown.isEmpty())
            return Optional.of(new Denied(policy.name(), Reason.UNKNOWN_NAME, unknown, false, policy.message(), List.of()));

        List<Need> needs = new ArrayList<>(allOf.missing().stream().map(role -> Need.ofRoles(List.of(role))).toList());
        boolean noneOf = !policy.anyOf().isEmpty() && anyOf.missing().size() == policy.anyOf().size();
        if (noneOf)
            needs.add(Need.ofRoles(policy.anyOf()));
        boolean inNone = !policy.groups().isEmpty() && groups.missing().size() == policy.groups().size();
        if (inNone)
            needs.add(Need.ofGroups(policy.groups()));

        if (!allOf.missing().isEmpty())
            return Optional.of(new Denied(policy.name(), Reason.MISSING_ROLE, allOf.missing(), false, policy.message(), needs));
        if (noneOf)
            return Optional.of(new Denied(policy.name(), Reason.MISSING_ROLE, policy.anyOf(), true, policy.message(), needs));
        if (inNone)
            return Optional.of(new Denied(policy.name(), Reason.MISSING_GROUP, policy.groups(), true, policy.message(), needs));
        return Optional.empty();
    }

    private static Denied withNeeds(Denied denied, List<Need> needs) {
        return new Denied(denied.policy(), denied.reason(), denied.missing(), denied.anyOf(), denied.message(), needs);
    }

    private record Answers(List<String> missing, List<String> unknown) {

        static Answers to(List<String> names, Function<String, Optional<Boolean>> question) {
            List<String> missing = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (String name : names) {
                Optional<Boolean> answer = question.apply(name);
                if (answer.isEmpty())
                    unknown.add(name);
                else if (!answer.get())
                    missing.add(name);
            }
            return new Answers(List.copyOf(missing), List.copyOf(unknown));
        }
    }
}
