package org.mckms.mikeysakke.timing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.curve.P256Generator;
import org.mckms.mikeysakke.curve.P256Point;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Extraction of ECCSI keys and signing. */
class EccsiTimingTest {
    private static final long SEED = 20260123;
    private static final int OCTETS = 32;
    private static final Octets IDENTITY = Octets.copyOf(new byte[OCTETS]);
    private static final int SIGNERS = 32;
    private static final byte[] MESSAGE = new byte[200];
    private static final TimingReport REPORT = new TimingReport("eccsi.md");

    static Stream<TimedOperation> operations() {
        return Stream.of(fixedBase(), token(), signingKey(), signatureByKey(), signatureByRandomOctets());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void takesTheSameTimeForAllSecrets(TimedOperation operation) {
        TimingResult result = new TimingComparison(SEED).measure(operation);
        REPORT.add(result);
        assertThat(result).matches(TimingResult::isConstant, "constant");
    }

    @AfterAll
    static void report() {
        REPORT.print();
    }

    private static TimedOperation fixedBase() {
        P256Point[] sink = new P256Point[1];
        return operation("[k]G on P-256, without the inversion", k -> sink[0] = P256Generator.TABLE.multiply(k));
    }

    private static TimedOperation token() {
        PublicValidationToken[] sink = new PublicValidationToken[1];
        return operation("PVT = [v]G", v -> sink[0] = EccsiExtraction.pvt(SecretScalar.takeFrom(v.clone())));
    }

    private static TimedOperation signingKey() {
        KmsSecretAuthenticationKey ksak = ksak();
        Octets hs = EccsiExtraction.hs(ksak.publicKey(), IDENTITY, pvt());
        SecretSigningKey[] sink = new SecretSigningKey[1];
        return operation("SSK = KSAK + HS v, 16 times", v -> {
            for (int i = 0; i < 16; i++) {
                sink[0] = EccsiExtraction.ssk(ksak, hs, SecretScalar.takeFrom(v.clone()));
            }
        });
    }

    /** Signing with keys of each class and a random j. */
    private static TimedOperation signatureByKey() {
        Map<InputClass, EccsiSigner[]> signers = new EnumMap<>(InputClass.class);
        for (InputClass inputs : InputClass.values()) {
            EccsiSigner[] each = new EccsiSigner[SIGNERS];
            Arrays.setAll(each, i -> signer(scalars().get(inputs, i), new SecureRandom()));
            signers.put(inputs, each);
        }
        EccsiSignature[] sink = new EccsiSignature[1];
        return new KeyOperation<>("signature, by SSK", signers, signer -> sink[0] = signer.sign(MESSAGE));
    }

    private static EccsiSigner signer(byte[] ssk, SecureRandom random) {
        return new EccsiSigner(IDENTITY, SecretSigningKey.takeFrom(ssk.clone()), pvt(), ksak().publicKey(), random);
    }

    /** Signing with one key and random octets of each class, from which j is derived: always one j, or always another. */
    private static TimedOperation signatureByRandomOctets() {
        GivenScalar random = new GivenScalar();
        EccsiSigner signer = signer(scalars().get(InputClass.RANDOM, 0), random);
        EccsiSignature[] sink = new EccsiSignature[1];
        return operation("signature, by random octets", octets -> {
            random.next = octets;
            sink[0] = signer.sign(MESSAGE);
        });
    }

    private static TimedOperation operation(String name, Consumer<byte[]> operation) {
        return new ScalarOperation(name, scalars(), OCTETS, operation);
    }

    private static Scalars scalars() {
        return new Scalars(Scalars.P256_Q, OCTETS);
    }

    private static KmsSecretAuthenticationKey ksak() {
        return KmsSecretAuthenticationKey.takeFrom(
                scalars().get(InputClass.RANDOM, 1).clone());
    }

    private static PublicValidationToken pvt() {
        return EccsiExtraction.pvt(
                SecretScalar.takeFrom(scalars().get(InputClass.RANDOM, 2).clone()));
    }

    /** Gives one scalar to whoever asks for as many octets, and the same octets again and again to others. */
    private static final class GivenScalar extends SecureRandom {
        private transient byte[] next = new byte[OCTETS];

        @Override
        public void nextBytes(byte[] octets) {
            if (octets.length == next.length) {
                System.arraycopy(next, 0, octets, 0, octets.length);
            } else {
                Arrays.fill(octets, (byte) 0x5A);
            }
        }
    }
}
