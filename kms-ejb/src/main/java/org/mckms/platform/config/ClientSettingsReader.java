package org.mckms.platform.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.ClassPolicy;
import org.mckms.kms.domain.ClientKind;

/** Reads what holds for kinds of clients. Production refuses plain keys and unsigned requests unless told otherwise. */
final class ClientSettingsReader {

    private static final String NEVER = "never";
    private static final Duration ROTATE_AFTER = Duration.ofDays(30);

    private static final Set<ClientKind> SERVED =
            EnumSet.of(ClientKind.MC_CLIENT, ClientKind.MC_SERVER, ClientKind.GMS);

    /** Never asked: the KMS admits no request of such a caller. If it were, nothing would leave unprotected. */
    private static final ClassPolicy NOT_SERVED = new ClassPolicy(false, true);

    private final SettingValues values;

    ClientSettingsReader(SettingValues values) {
        this.values = values;
    }

    ClientSettings read(Profile profile) {
        boolean production = profile == Profile.PRODUCTION;
        PlainKeys plainKeys = values.choice(
                SettingKey.PLAIN_KEYS.key(),
                PlainKeys.class,
                production ? Optional.of(PlainKeys.REFUSED) : Optional.empty());
        SignedRequests signedRequests = values.choice(
                SettingKey.SIGNED_REQUESTS.key(),
                SignedRequests.class,
                Optional.of(production ? SignedRequests.REQUIRED : SignedRequests.OPTIONAL));
        Map<ClientKind, ClassPolicy> classes = new EnumMap<>(ClientKind.class);
        for (ClientKind kind : SERVED) {
            PlainKeys plain = values.choice(
                    SettingKey.PLAIN_KEYS_OF_KIND.key(word(kind)), PlainKeys.class, Optional.of(plainKeys));
            SignedRequests signed = values.choice(
                    SettingKey.SIGNED_REQUESTS_OF_KIND.key(word(kind)),
                    SignedRequests.class,
                    Optional.of(signedRequests));
            classes.put(kind, new ClassPolicy(plain == PlainKeys.ALLOWED, signed == SignedRequests.REQUIRED));
        }
        classes.put(ClientKind.PARTNER_GMS, NOT_SERVED);
        return new ClientSettings(classes, rotateAfter());
    }

    private static String word(ClientKind kind) {
        return kind == ClientKind.MC_CLIENT ? "client" : SettingValues.word(kind);
    }

    private Optional<Duration> rotateAfter() {
        String key = SettingKey.CLIENT_KEYS_ROTATE_AFTER.key();
        if (values.optional(key).filter(NEVER::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(values.duration(key, ROTATE_AFTER, Duration.ofSeconds(1), Duration.ofDays(3660)));
    }

    private enum PlainKeys {
        ALLOWED,
        REFUSED
    }

    private enum SignedRequests {
        REQUIRED,
        OPTIONAL
    }
}
