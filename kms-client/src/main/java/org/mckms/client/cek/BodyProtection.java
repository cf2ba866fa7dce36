package org.mckms.client.cek;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;

/** Bodies of SIP messages under the keys of a store; the same at both ends. */
final class BodyProtection {
    private final CekKeys keys;
    private final Clock clock;
    private final SecureRandom random;

    BodyProtection(CekKeys keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    SipBody seal(SipBody body, CekScope scope) {
        try (ContentEncryptionKey key = keys.sealing(scope, clock.instant())) {
            return SmimeBody.seal(body, key, random);
        }
    }

    SipBody seal(SipBody body, Octets keyId, CekScope scope) {
        try (ContentEncryptionKey key = keys.sealing(keyId, scope, clock.instant())) {
            return SmimeBody.seal(body, key, random);
        }
    }

    SipBody open(SipBody sealed, CekScope scope) {
        try (Lookup lookup = new Lookup(scope)) {
            SipBody body = SmimeBody.open(sealed, lookup);
            lookup.found.ifPresent(key -> keys.opened(key.keyId()));
            return body;
        }
    }

    /** Finds the key of one message, and wipes its copy afterwards. */
    private final class Lookup implements Function<Octets, Optional<ContentEncryptionKey>>, AutoCloseable {
        private final CekScope scope;
        private Optional<ContentEncryptionKey> found = Optional.empty();

        Lookup(CekScope scope) {
            this.scope = scope;
        }

        @Override
        public Optional<ContentEncryptionKey> apply(Octets keyId) {
            close();
            found = keys.opening(keyId, scope, clock.instant());
            return found;
        }

        @Override
        public void close() {
            found.ifPresent(ContentEncryptionKey::close);
        }
    }
}
