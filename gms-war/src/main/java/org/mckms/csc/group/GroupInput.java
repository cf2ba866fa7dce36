package org.mckms.csc.group;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mckms.csc.token.IdentityUri;
import org.mckms.gms.application.GroupOrder;
import org.mckms.gms.application.MemberOrder;
import org.mckms.gms.application.regroup.RegroupOrder;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupUris;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.json.JsonBody;

/** What managers send, read out of JSON. Whatever does not fit is MALFORMED_REQUEST with the name of the member. */
final class GroupInput {

    /** Names of the members of a group order. */
    static final String[] GROUP = {"uri", "name", "service", "uses", "floorKey", "rekeyEvery", "lifetime", "members"};

    /** Names of the members of a regroup order. */
    static final String[] REGROUP = {"temporaryGroup", "name", "service", "uses", "ownGroups", "partnerGroups", "expiry"
    };

    private static final int MAX_MEMBERS = 1000;
    private static final int MAX_PAIR = 2 * GroupUris.MAX_CHARACTERS + 1;
    private static final int MAX_TIME = 40;

    private GroupInput() {}

    static GroupOrder group(JsonBody body) {
        return new GroupOrder(
                uri("uri", body.text("uri", GroupUris.MAX_CHARACTERS)),
                body.optionalText("name", Group.MAX_NAME_CHARACTERS).orElse(""),
                service(body),
                plan(body),
                members(body));
    }

    private static KeyPlan plan(JsonBody body) {
        Optional<Duration> rekeyEvery = duration(body, "rekeyEvery");
        Optional<Duration> lifetime = duration(body, "lifetime");
        KeyPurpose floor = body.optionalText("floorKey", MAX_TIME)
                .map(name -> constant("floorKey", name, List.of(KeyPurpose.MKFC, KeyPurpose.GMK)))
                .orElse(KeyPurpose.MKFC);
        return checked(() -> new KeyPlan(uses(body), floor, rekeyEvery, lifetime));
    }

    private static List<KeyUse> uses(JsonBody body) {
        List<KeyUse> uses = body.texts("uses", KeyUse.values().length, MAX_TIME).stream()
                .map(name -> constant("uses", name, List.of(KeyUse.values())))
                .toList();
        return uses.isEmpty() ? List.of(KeyUse.MEDIA) : uses;
    }

    private static McService service(JsonBody body) {
        return constant("service", body.text("service", MAX_TIME), List.of(McService.values()));
    }

    /** Those who are to join: a MC service ID each, or that, a space and the URI of the member's KMS. */
    static List<MemberOrder> members(JsonBody body) {
        return body.texts("members", MAX_MEMBERS, MAX_PAIR).stream()
                .map(GroupInput::member)
                .toList();
    }

    private static MemberOrder member(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return MemberOrder.own(uri("members", text));
        }
        return new MemberOrder(uri("members", text.substring(0, space)), Optional.of(text.substring(space + 1)));
    }

    static RegroupOrder regroup(JsonBody body) {
        List<KeyUse> uses = uses(body);
        if (!uses.contains(KeyUse.MEDIA)) {
            throw malformed("uses of a regroup are media, or media and floor");
        }
        return new RegroupOrder(
                uri("temporaryGroup", body.text("temporaryGroup", GroupUris.MAX_CHARACTERS)),
                body.optionalText("name", Group.MAX_NAME_CHARACTERS).orElse(""),
                service(body),
                uses.contains(KeyUse.FLOOR),
                body.texts("ownGroups", MAX_MEMBERS, GroupUris.MAX_CHARACTERS).stream()
                        .map(text -> uri("ownGroups", text))
                        .toList(),
                shares(body),
                time(body, "expiry"));
    }

    private static List<RegroupOrder.Share> shares(JsonBody body) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String pair : body.texts("partnerGroups", MAX_MEMBERS, MAX_PAIR)) {
            int space = pair.indexOf(' ');
            if (space < 0) {
                throw malformed(
                        "partnerGroups are the URI of the partner's GMS, a space and the URI of the group each");
            }
            groups.computeIfAbsent(uri("partnerGroups", pair.substring(0, space)), gms -> new ArrayList<>())
                    .add(uri("partnerGroups", pair.substring(space + 1)));
        }
        return groups.entrySet().stream()
                .map(share -> new RegroupOrder.Share(share.getKey(), share.getValue()))
                .toList();
    }

    /** A moment in UTC, such as {@code 2026-03-01T00:00:00Z}; empty if the member is missing. */
    static Optional<Instant> time(JsonBody body, String name) {
        try {
            return body.optionalText(name, MAX_TIME).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw malformed(name + " must be a time such as 2026-03-01T00:00:00Z");
        }
    }

    /** A duration such as {@code P7D}; empty if the member is missing. */
    static Optional<Duration> duration(JsonBody body, String name) {
        try {
            return body.optionalText(name, MAX_TIME).map(Duration::parse);
        } catch (DateTimeParseException e) {
            throw malformed(name + " must be a duration such as P7D");
        }
    }

    /** One of {@code yes} and {@code no}; no if the member is missing. */
    static boolean yes(JsonBody body, String name) {
        String answer = body.optionalText(name, MAX_TIME).orElse("no");
        if (!answer.equals("yes") && !answer.equals("no")) {
            throw malformed(name + " must be yes or no");
        }
        return answer.equals("yes");
    }

    /** The URI of a group or a member, in the form in which a path can name it. */
    private static String uri(String name, String text) {
        try {
            return IdentityUri.parse(text).text();
        } catch (InvalidValueException e) {
            throw new KmsException(MALFORMED_REQUEST, "a URI in " + name + " " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E constant(String name, String value, List<E> choices) {
        return choices.stream()
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> malformed(name + " must be one of "
                        + choices.stream()
                                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    private static <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            throw new KmsException(MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
