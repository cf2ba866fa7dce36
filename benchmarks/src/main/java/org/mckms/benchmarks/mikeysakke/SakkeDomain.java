package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/** A KMS with a random master secret, and random identities of users. */
final class SakkeDomain {
    private static final int SCALAR_OCTETS = 128;
    private static final int IDENTITY_OCTETS = 32;

    private final SecureRandom random = new SecureRandom();
    private final SakkeCore core;
    private final KmsMasterSecret master;
    private final KmsPublicKey publicKey;

    SakkeDomain(String core) {
        this.core = Cores.of(core, random);
        this.master = randomMaster(random);
        this.publicKey = master.publicKey();
    }

    SakkeCore core() {
        return core;
    }

    KmsMasterSecret master() {
        return master;
    }

    KmsPublicKey publicKey() {
        return publicKey;
    }

    SecureRandom random() {
        return random;
    }

    SharedSecretValue ssv() {
        return randomSsv(random);
    }

    Octets identity() {
        return randomIdentity(random);
    }

    List<Octets> identities(int count) {
        return Stream.generate(this::identity).limit(count).toList();
    }

    byte[] scalar() {
        return randomScalar(random);
    }

    /** Random scalars below q. */
    byte[][] scalars(int count) {
        return Stream.generate(this::scalar).limit(count).toArray(byte[][]::new);
    }

    /** Random points of order q. */
    byte[][] points(int count) {
        return core.multiplyGenerator(scalars(count));
    }

    static KmsMasterSecret randomMaster(SecureRandom random) {
        return KmsMasterSecret.takeFrom(randomScalar(random));
    }

    static SharedSecretValue randomSsv(SecureRandom random) {
        return SharedSecretValue.random(random);
    }

    static Octets randomIdentity(SecureRandom random) {
        byte[] octets = new byte[IDENTITY_OCTETS];
        random.nextBytes(octets);
        return Octets.copyOf(octets);
    }

    /** 128 random octets below q, which has 1022 bits. */
    static byte[] randomScalar(SecureRandom random) {
        byte[] scalar = new byte[SCALAR_OCTETS];
        random.nextBytes(scalar);
        scalar[0] &= 0x1f;
        return scalar;
    }
}
