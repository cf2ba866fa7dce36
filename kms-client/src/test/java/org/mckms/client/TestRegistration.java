package org.mckms.client;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Registration files of {@link TestDomain#ALICE}, with keys that a test knows. */
public final class TestRegistration {
    public static final String PASSPHRASE = "correct horse battery staple 4711 xyzzy";
    public static final String DEVICE = "phone-1";
    public static final String TRK_NAME = "tk.1." + TestDomain.ALICE;
    public static final String INK_NAME = "ink.1." + TestDomain.ALICE;
    public static final Instant NOT_AFTER = TestDomain.NOW.plusSeconds(86_400);

    private TestRegistration() {}

    /** TrK and InK of {@code vectors/samples}: 00..1F and 20..3F. The caller closes them. */
    public static ClientKeys keys() {
        return new ClientKeys(
                NamedKey.takeFrom(TRK_NAME, octetsFrom(0)), Optional.of(NamedKey.takeFrom(INK_NAME, octetsFrom(0x20))));
    }

    /** A file that {@link #PASSPHRASE} opens. */
    public static byte[] file(String baseUrl, Instant notAfter, BundleSigner signer) {
        return file(baseUrl, notAfter, signer, keys(), TestDomain.certificate());
    }

    /** The same with other keys, which are closed, and another root certificate. */
    public static byte[] file(
            String baseUrl, Instant notAfter, BundleSigner signer, ClientKeys keys, KmsCertificate root) {
        return file(baseUrl, notAfter, signer, keys, root, Recipient.passphrase(PASSPHRASE.toCharArray()));
    }

    /** The same for another recipient, who is closed. */
    public static byte[] file(
            String baseUrl,
            Instant notAfter,
            BundleSigner signer,
            ClientKeys keys,
            KmsCertificate root,
            Recipient recipient) {
        try (recipient;
                RegistrationFile file = new RegistrationFile(
                        "registration-1",
                        TestDomain.KMS_URI,
                        List.of(baseUrl),
                        TestDomain.ALICE,
                        DEVICE,
                        keys,
                        notAfter,
                        root)) {
            return RegistrationFiles.seal(file, recipient, signer, new SecureRandom());
        }
    }

    private static byte[] octetsFrom(int first) {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (first + i);
        }
        return octets;
    }
}
