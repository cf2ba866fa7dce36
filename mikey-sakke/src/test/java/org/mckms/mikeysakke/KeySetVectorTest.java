package org.mckms.mikeysakke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** Whole key sets of KMSs, by the public API alone. */
@UsesVectors({"keysets/softil.json", "keysets/ascii-hex-uid.json", "keysets/kms-domain-selfmade.json"})
class KeySetVectorTest {
    @TestFactory
    Stream<DynamicTest> checksAKeySetWithRawUid() {
        VectorFile file = VectorFile.load("keysets/softil.json");
        return file.tests(row -> assertKeysFit(file.inputs(), row));
    }

    @TestFactory
    Stream<DynamicTest> checksAndReproducesAKeySetWithHexDigitsOfTheUid() {
        VectorFile file = VectorFile.load("keysets/ascii-hex-uid.json");
        return file.tests(row -> {
            UserIdentifier uid = new UserIdentifier(row.octets("uid"));

            assertThat(IdentityEncoding.ASCII_HEX.identityOctets(uid)).isEqualTo(row.octets("identity"));
            assertKeysFit(file.inputs(), row);
            assertRskIsReproduced(file.inputs(), row);
        });
    }

    @TestFactory
    Stream<DynamicTest> checksAndReproducesTheKeySetsOfADomain() {
        VectorFile file = VectorFile.load("keysets/kms-domain-selfmade.json");
        VectorCase kms = file.inputs();
        return file.tests(row -> {
            UserIdentifier uid = UserIdentifier.format2(
                    row.name(),
                    kms.text("kmsUri"),
                    Long.parseLong(kms.text("userKeyPeriod")),
                    Long.parseLong(kms.text("userKeyOffset")),
                    Long.parseLong(kms.text("keyPeriodNo")));

            assertThat(uid.octets()).isEqualTo(row.octets("uid"));
            assertKeysFit(kms, row);
            assertRskIsReproduced(kms, row);
            assertSskIsReproduced(kms, row);
        });
    }

    /** The keys fit the identity in the encoding of the KMS and no other. */
    private static void assertKeysFit(VectorCase kms, VectorCase row) {
        IdentityEncoding encoding = IdentityEncoding.valueOf(kms.text("encoding"));
        KmsPublicAuthenticationKey kpak = new KmsPublicAuthenticationKey(kms.octets("pubAuthKey"));
        KmsPublicKey zT = new KmsPublicKey(kms.octets("pubEncKey"));
        PublicValidationToken pvt = new PublicValidationToken(row.octets("PVT"));
        try (SecretSigningKey ssk = SecretSigningKey.takeFrom(row.bytes("SSK"));
                ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(row.bytes("RSK"))) {
            for (IdentityEncoding candidate : IdentityEncoding.values()) {
                Octets identity = candidate.identityOctets(new UserIdentifier(row.octets("uid")));

                assertThat(EccsiKeyCheck.isValid(identity, ssk, pvt, kpak)).isEqualTo(candidate == encoding);
                assertThat(SakkeKeyCheck.isValid(identity, rsk, zT)).isEqualTo(candidate == encoding);
            }
        }
    }

    private static Octets identity(VectorCase kms, VectorCase row) {
        return IdentityEncoding.valueOf(kms.text("encoding")).identityOctets(new UserIdentifier(row.octets("uid")));
    }

    private static void assertRskIsReproduced(VectorCase kms, VectorCase row) {
        Octets identity = identity(kms, row);
        try (KmsMasterSecret z = KmsMasterSecret.takeFrom(kms.bytes("z"));
                SecretScalar k = SakkeExtraction.inverse(identity, z);
                ReceiverSecretKey rsk = SakkeExtraction.rsk(k)) {
            assertThat(z.publicKey().octets()).isEqualTo(kms.octets("pubEncKey"));
            assertThat(rsk.use(Octets::copyOf)).isEqualTo(row.octets("RSK"));
            assertThat(SakkeExtraction.isConsistent(identity, z, k, rsk, Fixtures.seeded(4)))
                    .isTrue();
        }
    }

    private static void assertSskIsReproduced(VectorCase kms, VectorCase row) {
        try (KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(kms.bytes("KSAK"));
                SecretScalar v = SecretScalar.takeFrom(row.bytes("v"))) {
            PublicValidationToken pvt = EccsiExtraction.pvt(v);
            Octets hs = EccsiExtraction.hs(ksak.publicKey(), identity(kms, row), pvt);

            assertThat(ksak.publicKey().octets()).isEqualTo(kms.octets("pubAuthKey"));
            assertThat(pvt.octets()).isEqualTo(row.octets("PVT"));
            assertThat(hs).isEqualTo(row.octets("HS"));
            try (SecretSigningKey ssk = EccsiExtraction.ssk(ksak, hs, v)) {
                assertThat(ssk.use(Octets::copyOf)).isEqualTo(row.octets("SSK"));
            }
        }
    }
}
