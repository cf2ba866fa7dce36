package org.mckms.protocol.sealed;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Registrations to seal. */
final class SealedFixtures {
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    static final Instant NOT_AFTER = Instant.parse("2026-05-08T12:00:00Z");
    static final SecureRandom RANDOM = new SecureRandom();

    private SealedFixtures() {}

    static char[] passphrase() {
        return "correct horse battery staple".toCharArray();
    }

    static byte[] key(int first) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (first + i);
        }
        return key;
    }

    /** Of Alice, with both keys. */
    static RegistrationFile registration() {
        return registration(Optional.of(NamedKey.takeFrom("ink.1." + Fixtures.ALICE, key(0x40))));
    }

    static RegistrationFile registration(Optional<NamedKey> integrityKey) {
        return new RegistrationFile(
                "reg-1",
                Fixtures.KMS,
                List.of(Fixtures.ROOT_URL, "https://kms2.example.org/keymanagement/identity/v1/"),
                Fixtures.ALICE,
                "phone 1",
                new ClientKeys(NamedKey.takeFrom("tk.1." + Fixtures.ALICE, key(0x10)), integrityKey),
                NOT_AFTER,
                Fixtures.certificate(Role.ROOT, Fixtures.KMS, "example.org"));
    }
}
