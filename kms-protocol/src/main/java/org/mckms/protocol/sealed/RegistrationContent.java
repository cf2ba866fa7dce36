package org.mckms.protocol.sealed;

import static org.mckms.protocol.cms.FileText.MAX_NAME_OCTETS;
import static org.mckms.protocol.cms.FileText.MAX_URI_OCTETS;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.DerReader;
import org.mckms.protocol.cms.DerWriter;
import org.mckms.protocol.codec.CertificateCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * What is sealed in a registration file. Its ASN.1 module is in docs/decisions/0013-registration-files-and-bundles.md.
 * Keys go from array to array; no text holds one.
 */
final class RegistrationContent {
    private static final String KIND = "mckms-registration";
    private static final int VERSION = 1;
    private static final int INTEGRITY_KEY = 0;
    private static final int FINGERPRINT_OCTETS = 32;
    private static final int KEY_OCTETS = 32;
    private static final int MAX_KEY_NAME_OCTETS = 2400;

    private RegistrationContent() {}

    /** Writes it; the caller wipes the array. */
    static byte[] encode(RegistrationFile file, Octets signer) {
        return DerWriter.sequence(out -> {
            out.text(KIND)
                    .small(VERSION)
                    .text(file.registrationId())
                    .text(file.kmsUri())
                    .inner(urls -> file.baseUrls().forEach(urls::text))
                    .text(file.userUri())
                    .text(file.device())
                    .time(file.notAfter())
                    .octets(signer.toByteArray())
                    .octets(CertificateCodec.encode(file.root()))
                    .inner(key -> write(key, file.keys().transportKey()));
            file.keys().integrityKey().ifPresent(key -> out.tagged(INTEGRITY_KEY, inside -> write(inside, key)));
        });
    }

    private static void write(DerWriter out, NamedKey key) {
        out.text(key.name());
        key.key().use(out::octets);
    }

    /**
     * Reads it; the caller closes the file.
     *
     * @param signer SHA-256 of the certificate that the signature was verified with; it must be the one sealed in, so that
     *     nobody signs another's file anew
     */
    static RegistrationFile decode(byte[] content, Octets signer) {
        return DerReader.sequence(content, in -> read(in, signer));
    }

    private static RegistrationFile read(DerReader in, Octets signer) {
        if (!in.text("kind", MAX_NAME_OCTETS).equals(KIND) || in.small("version") != VERSION) {
            throw malformed("the sealed content is no registration of version " + VERSION);
        }
        String registrationId = in.text("registration id", MAX_NAME_OCTETS);
        String kmsUri = in.text("KMS URI", MAX_URI_OCTETS);
        List<String> baseUrls = in.inner("base URLs", RegistrationContent::urls);
        String userUri = in.text("user URI", MAX_URI_OCTETS);
        String device = in.text("device", MAX_NAME_OCTETS);
        Instant notAfter = in.time("time of expiry");
        if (!signer.equals(Octets.copyOf(in.octets("signer", FINGERPRINT_OCTETS)))) {
            throw new KmsException(
                    SIGNATURE_REQUIRED, "the file was signed by somebody else than the KMS that sealed it");
        }
        byte[] root = in.octets("certificate", RegistrationFiles.MAX_OCTETS);
        ClientKeys keys = keys(in);
        try {
            in.finish("the content");
            return new RegistrationFile(
                    registrationId,
                    kmsUri,
                    baseUrls,
                    userUri,
                    device,
                    keys,
                    notAfter,
                    CertificateCodec.read(root, Role.ROOT));
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private static List<String> urls(DerReader in) {
        List<String> urls = new ArrayList<>();
        while (in.more()) {
            urls.add(in.text("base URL", MAX_URI_OCTETS));
        }
        return urls;
    }

    private static ClientKeys keys(DerReader in) {
        NamedKey transport = in.inner("transport key", RegistrationContent::key);
        try {
            Optional<NamedKey> integrity = in.tagged(INTEGRITY_KEY, "integrity key", RegistrationContent::key);
            return new ClientKeys(transport, integrity);
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private static NamedKey key(DerReader in) {
        String name = in.text("key name", MAX_KEY_NAME_OCTETS);
        byte[] key = in.octets("key", KEY_OCTETS);
        try {
            in.finish("key");
            return NamedKey.takeFrom(name, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
