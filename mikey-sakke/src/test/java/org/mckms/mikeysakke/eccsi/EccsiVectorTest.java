package org.mckms.mikeysakke.eccsi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

@UsesVectors({"eccsi/rfc6507.json", "eccsi/rfc6507-negative.json", "eccsi/edges-selfmade.json"})
class EccsiVectorTest {
    @TestFactory
    Stream<DynamicTest> reproducesTheValuesOfRfc6507() {
        VectorFile file = VectorFile.load("eccsi/rfc6507.json");
        VectorCase in = file.inputs();
        Trace trace = new Trace(in.octets("KSAK"), in.octets("ID"), in.octets("v"), in.octets("j"), in.octets("M"));
        Map<String, Supplier<Octets>> computed = Map.ofEntries(
                Map.entry("KPAK", trace.kpak::octets),
                Map.entry("PVT", trace.pvt::octets),
                Map.entry("HS", () -> trace.hs),
                Map.entry("SSK", trace::ssk),
                Map.entry("J", trace::j),
                Map.entry("r", trace.signature::r),
                Map.entry("HE", trace::he),
                // s' fits 32 octets, so that s is the same
                Map.entry("sPrime", trace.signature::s),
                Map.entry("s", trace.signature::s),
                Map.entry("signature", trace.signature::octets),
                Map.entry("Y", trace::y));
        return file.tests(row -> assertThat(computed.get(row.name()).get()).isEqualTo(row.octets("value")));
    }

    @TestFactory
    Stream<DynamicTest> rejectsTheAlterationsOfRfc6507() {
        VectorFile file = VectorFile.load("eccsi/rfc6507-negative.json");
        EccsiVerifier verifier =
                new EccsiVerifier(new KmsPublicAuthenticationKey(file.inputs().octets("KPAK")));
        return file.tests(row -> assertThat(
                        accepts(verifier, file.inputs().octets("ID"), row.bytes("M"), row.octets("signature")))
                .isFalse());
    }

    /** A signature of a wrong length is refused before there is anything to verify. */
    private static boolean accepts(EccsiVerifier verifier, Octets identity, byte[] message, Octets signature) {
        try {
            return verifier.verify(identity, message, new EccsiSignature(signature));
        } catch (InvalidValueException e) {
            return false;
        }
    }

    @TestFactory
    Stream<DynamicTest> holdsOnEdges() {
        return VectorFile.load("eccsi/edges-selfmade.json").tests(row -> {
            Trace trace = new Trace(
                    row.octets("ksak"),
                    row.octets("identity"),
                    row.octets("v"),
                    row.octets("j"),
                    row.octets("message"));

            assertThat(trace.kpak.octets()).isEqualTo(row.octets("kpak"));
            assertThat(trace.pvt.octets()).isEqualTo(row.octets("pvt"));
            assertThat(trace.hs).isEqualTo(row.octets("hs"));
            assertThat(trace.ssk()).isEqualTo(row.octets("ssk"));
            assertThat(trace.j()).isEqualTo(row.octets("J"));
            assertThat(trace.he()).isEqualTo(row.octets("he"));
            assertThat(trace.signature.r()).isEqualTo(row.octets("r"));
            assertThat(trace.signature.s()).isEqualTo(row.octets("s"));
            assertThat(trace.y()).isEqualTo(row.octets("Y"));
            assertThat(trace.verifies()).isTrue();
        });
    }

    /** One run from the master secret to a verified signature. */
    private static final class Trace {
        private final Octets identity;
        private final Octets ephemeral;
        private final Octets message;
        private final KmsPublicAuthenticationKey kpak;
        private final PublicValidationToken pvt;
        private final Octets hs;
        private final SecretSigningKey ssk;
        private final EccsiSignature signature;

        Trace(Octets ksak, Octets identity, Octets v, Octets ephemeral, Octets message) {
            this.identity = identity;
            this.ephemeral = ephemeral;
            this.message = message;
            try (KmsSecretAuthenticationKey master = KmsSecretAuthenticationKey.takeFrom(ksak.toByteArray());
                    SecretScalar scalar = SecretScalar.takeFrom(v.toByteArray())) {
                kpak = master.publicKey();
                pvt = EccsiExtraction.pvt(scalar);
                hs = EccsiExtraction.hs(kpak, identity, pvt);
                ssk = EccsiExtraction.ssk(master, hs, scalar);
            }
            signature = new EccsiSigner(identity, ssk, pvt, kpak, Fixtures.seeded(0))
                    .signWith(ephemeral.toByteArray(), message.toByteArray())
                    .orElseThrow();
        }

        Octets ssk() {
            return ssk.use(Octets::copyOf);
        }

        Octets j() {
            return Octets.copyOf(Curve.P256
                    .multiplyGenerator(Curve.P256.scalar(ephemeral.toByteArray()))
                    .encode());
        }

        Octets he() {
            return EccsiSigner.he(hs, signature.r(), message.toByteArray());
        }

        Octets y() {
            return Octets.copyOf(
                    new EccsiVerifier(kpak).verificationKey(hs, pvt).encode());
        }

        boolean verifies() {
            return EccsiKeyCheck.isValid(identity, ssk, pvt, kpak)
                    && new EccsiVerifier(kpak).verify(identity, message.toByteArray(), signature);
        }
    }
}
