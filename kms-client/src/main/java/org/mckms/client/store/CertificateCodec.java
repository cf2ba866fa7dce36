package org.mckms.client.store;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/** A KMS certificate in the content of a key store. */
final class CertificateCodec {
    private CertificateCodec() {}

    static void write(SecretWriter out, KmsCertificate certificate) {
        out.flag(certificate.role() == Role.ROOT)
                .optional(certificate.certUri(), out::text)
                .text(certificate.kmsUri())
                .optional(certificate.issuer(), out::text)
                .optional(certificate.validFrom(), out::time)
                .optional(certificate.validTo(), out::time)
                .flag(certificate.revoked())
                .i64(certificate.schedule().lengthSeconds())
                .i64(certificate.schedule().offsetSeconds())
                .octets(certificate.pubEncKey().octets().toByteArray())
                .octets(certificate.pubAuthKey().octets().toByteArray())
                .list(certificate.domains(), out::text)
                .flag(certificate.securityGateway());
    }

    static KmsCertificate read(SecretReader in) {
        Role role = in.flag() ? Role.ROOT : Role.EXTERNAL;
        Optional<String> certUri = in.optional(in::text);
        return new KmsCertificate(
                role,
                certUri,
                in.text(),
                in.optional(in::text),
                in.optional(in::time),
                in.optional(in::time),
                in.flag(),
                new KeyPeriodSchedule(in.i64(), in.i64()),
                new KmsPublicKey(Octets.copyOf(in.octets())),
                new KmsPublicAuthenticationKey(Octets.copyOf(in.octets())),
                in.list(in::text),
                in.flag());
    }
}
