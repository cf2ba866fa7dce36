package org.mckms.benchmarks.mikeysakke;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mckms.benchmarks.Ring;
import org.mckms.benchmarks.report.Core;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.KeyToSend;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.MikeyRecipient;
import org.mckms.mikeysakke.mikey.MikeySender;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a member does with a message that brings a group key (TS 33.180 annex E.2): parse it, verify the signature of its GMS,
 * open the key with its RSK, and decrypt the key parameters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MessageOpeningBenchmark {
    private static final int MEMBERS = 16;
    private static final int GROUP_KEY_OCTETS = 16;
    private static final String KMS = "kms.example.org";

    private final SecureRandom random = new SecureRandom();
    private SakkeDomain domain;
    private EccsiDomain signers;
    private EccsiDomain.Signer gms;
    private EccsiVerifier verifier;
    private Ring<Received> received;

    /** A message, and the key that opens it. */
    private static final class Received {
        private final byte[] message;
        private final String uri;
        private final Octets identity;
        private final ReceiverSecretKey rsk;

        Received(byte[] message, String uri, Octets identity, ReceiverSecretKey rsk) {
            this.message = message;
            this.uri = uri;
            this.identity = identity;
            this.rsk = rsk;
        }
    }

    @Setup
    public void prepare() {
        domain = new SakkeDomain(Core.SCALAR.title());
        signers = new EccsiDomain(random);
        gms = signers.signer();
        verifier = new EccsiVerifier(signers.kpak());
        received = Ring.of(MEMBERS, this::message);
    }

    private Received message(int number) {
        String uri = "sip:member-" + number + "@example.org";
        Octets identity = domain.identity();
        byte[] key = new byte[GROUP_KEY_OCTETS];
        random.nextBytes(key);
        byte[] rand = new byte[KeyToSend.MIN_RAND_OCTETS];
        random.nextBytes(rand);
        try (SecretOctets groupKey = SecretOctets.takeFrom(key)) {
            KeyToSend toSend = KeyToSend.withParameters(
                    new KeyIdentifier(0x0ABCDEF + number),
                    groupKey,
                    Octets.copyOf(rand),
                    KeyParameters.of(KeyPurpose.GMK, List.of("sip:group@example.org")),
                    MessageProfile.DEFAULT);
            MikeyMessage made = new MikeySender("sip:gms@example.org", KMS, gms.signer(), random)
                    .send(
                            toSend,
                            new SakkeEncapsulator(domain.core(), domain.publicKey()),
                            new MikeyRecipient(uri, KMS, identity),
                            NtpTimestamp.of(Instant.now()));
            return new Received(
                    made.octets().toByteArray(), uri, identity, SakkeExtraction.extract(identity, domain.master()));
        }
    }

    /** The GMS is known, as it is after a member's first message. */
    @Benchmark
    public KeyIdentifier opening() {
        Received next = received.next();
        MikeyMessage message = MikeyMessage.parse(next.message, MikeyLeniency.STRICT);
        if (!message.verifies(verifier, gms.identity())) {
            throw new IllegalStateException("the signature does not hold");
        }
        try (SharedSecretValue ssv = Sakke.decapsulate(message.sakke(), next.rsk, next.identity, domain.publicKey());
                OpenedKey key = message.open(ssv, next.uri)) {
            return key.keyId();
        }
    }
}
