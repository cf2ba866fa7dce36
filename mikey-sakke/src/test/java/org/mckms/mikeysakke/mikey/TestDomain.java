package org.mckms.mikeysakke.mikey;

import java.security.SecureRandom;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;

/** A domain with the masters of RFC 6507 and RFC 6508, whose users have keys for any period. */
final class TestDomain {
    static final String KMS_URI = "kms.example.org";

    private static final SakkeEncapsulator ENCAPSULATOR =
            new SakkeEncapsulator(new ScalarSakkeCore(), Fixtures.publicZT());

    private final KeyPeriodSchedule schedule;

    TestDomain(KeyPeriodSchedule schedule) {
        this.schedule = schedule;
    }

    /** Periods of 30 days. */
    static TestDomain monthly() {
        return new TestDomain(new KeyPeriodSchedule(2_592_000, 0));
    }

    SakkeEncapsulator encapsulator() {
        return ENCAPSULATOR;
    }

    EccsiVerifier verifier() {
        try (KmsSecretAuthenticationKey ksak = Fixtures.ksak()) {
            return new EccsiVerifier(ksak.publicKey());
        }
    }

    /** The UID of a user for the period of a time. */
    Octets uid(String uri, NtpTimestamp time) {
        return UserIdentifier.format2(uri, KMS_URI, schedule, schedule.at(time)).octets();
    }

    MikeyRecipient recipient(String uri, NtpTimestamp time) {
        return new MikeyRecipient(uri, KMS_URI, uid(uri, time));
    }

    /** A sender that knows itself, with keys for the period of a time. */
    MikeySender sender(String uri, NtpTimestamp time, SecureRandom random) {
        Octets identity = uid(uri, time);
        byte[] scalar = Sha256.of(identity).toByteArray();
        scalar[0] &= 0x7F;
        try (KmsSecretAuthenticationKey ksak = Fixtures.ksak();
                SecretScalar v = SecretScalar.takeFrom(scalar)) {
            KmsPublicAuthenticationKey kpak = ksak.publicKey();
            PublicValidationToken pvt = EccsiExtraction.pvt(v);
            SecretSigningKey ssk = EccsiExtraction.ssk(ksak, EccsiExtraction.hs(kpak, identity, pvt), v);
            EccsiSigner signer = new EccsiSigner(identity, ssk, pvt, kpak, random);
            return new MikeySender(uri, KMS_URI, signer, random).knowingItself(identity, ENCAPSULATOR);
        }
    }

    /** What opens messages to a user in the period of a time; the caller closes it. */
    SakkeDecapsulator decapsulator(String uri, NtpTimestamp time) {
        Octets identity = uid(uri, time);
        try (KmsMasterSecret z = Fixtures.zT();
                ReceiverSecretKey rsk = SakkeExtraction.extract(identity, z)) {
            return SakkeDecapsulator.of(ENCAPSULATOR, rsk, identity);
        }
    }
}
