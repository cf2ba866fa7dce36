package org.mckms.client.group;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.KeyToSend;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * A group key of recognisable octets, to be sent.
 *
 * @param octet all 16 octets of the key
 * @param keyId with the purpose tag
 * @param rand all 16 octets of the RAND
 */
public record TestGroupKey(int octet, int keyId, int rand, KeyParameters parameters, MessageProfile profile) {
    /** A GMK for media of one group. */
    public static TestGroupKey gmk(int n, String... groups) {
        return new TestGroupKey(
                n,
                0x01000000 + n,
                100 + n,
                KeyParameters.of(KeyPurpose.GMK, List.of(groups)),
                MessageProfile.withSessions(CryptoSessionId.MCPTT_GROUP));
    }

    public static TestGroupKey mkfc(int n, String... groups) {
        return new TestGroupKey(
                n, 0x41000000 + n, 100 + n, KeyParameters.of(KeyPurpose.MKFC, List.of(groups)), MessageProfile.DEFAULT);
    }

    public KeyIdentifier id() {
        return new KeyIdentifier(keyId);
    }

    public TestGroupKey withOctet(int other) {
        return new TestGroupKey(other, keyId, rand, parameters, profile);
    }

    public TestGroupKey withRand(int other) {
        return new TestGroupKey(octet, keyId, other, parameters, profile);
    }

    public TestGroupKey revoked() {
        return with(new KeyParameters(
                parameters.purpose(),
                true,
                false,
                parameters.activation(),
                parameters.expiry(),
                parameters.text(),
                parameters.groupIds()));
    }

    public TestGroupKey active(Instant from, Optional<Instant> until) {
        return with(new KeyParameters(
                parameters.purpose(),
                false,
                false,
                Optional.of(from),
                until,
                parameters.text(),
                parameters.groupIds()));
    }

    public TestGroupKey withText(String text) {
        return with(new KeyParameters(
                parameters.purpose(),
                parameters.revoked(),
                false,
                parameters.activation(),
                parameters.expiry(),
                text,
                parameters.groupIds()));
    }

    public TestGroupKey with(MessageProfile other) {
        return new TestGroupKey(octet, keyId, rand, parameters, other);
    }

    private TestGroupKey with(KeyParameters other) {
        return new TestGroupKey(octet, keyId, rand, other, profile);
    }

    /** The key in clear; the caller closes it. */
    public SecretOctets key() {
        byte[] key = new byte[16];
        Arrays.fill(key, (byte) octet);
        return SecretOctets.takeFrom(key);
    }

    public Octets randOctets() {
        byte[] octets = new byte[16];
        Arrays.fill(octets, (byte) rand);
        return Octets.copyOf(octets);
    }

    /** @param key of {@link #key}, which the caller closes after sending */
    public KeyToSend toSend(SecretOctets key) {
        return KeyToSend.withParameters(id(), key, randOctets(), parameters, profile);
    }
}
