package org.mckms.gms.domain.regroup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;

/** A key out of a message of the primary that passed every check, with its secret octets. Close it to wipe them. */
public final class IncomingKey implements AutoCloseable {

    private final Description description;
    private final SecretOctets secret;

    /**
     * What is said of the key, in its message and its parameters (TS 33.180 annex E.6).
     *
     * @param rand       of the message; members get the same, since session keys are derived from it
     * @param revoked    nobody is to use it any more
     * @param activation from when on members use it; empty: as soon as they have it
     * @param expiry     until when members use it; empty: no end
     * @param text       tells two GMKs of one group apart
     * @param groupUris  the groups that it serves; none: the one in whose list it came
     */
    public record Description(
            KeyPurpose purpose,
            KeyIdentifier keyId,
            Octets rand,
            boolean revoked,
            Optional<Instant> activation,
            Optional<Instant> expiry,
            String text,
            List<String> groupUris) {

        public Description {
            groupUris = List.copyOf(groupUris);
        }

        /** Floor control has MKFCs, or GMKs that say so. */
        public KeyUse use() {
            return purpose == KeyPurpose.MKFC || text.equals(KeyUse.FLOOR.text()) ? KeyUse.FLOOR : KeyUse.MEDIA;
        }

        /** Whether the key is for this group and no other. */
        public boolean serves(String groupUri) {
            return groupUris.isEmpty() || groupUris.equals(List.of(groupUri));
        }
    }

    /** @param secret 16 octets; closed with this */
    public IncomingKey(Description description, SecretOctets secret) {
        this.description = requireNonNull(description, "description");
        this.secret = requireNonNull(secret, "secret");
    }

    public Description description() {
        return description;
    }

    /** Stays the property of this object. */
    public SecretOctets secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "IncomingKey[" + description.keyId() + ", secret hidden]";
    }
}
