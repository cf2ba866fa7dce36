package org.mckms.protocol.codec;

import static org.mckms.protocol.codec.ElementReader.malformed;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.xml.WipeableBuffer;
import org.w3c.dom.Element;

/** KmsCertificate (TS 33.180 clause D.3.2) and the wrapper SignedKmsCertificate. */
final class CertificateXml {
    private static final String VERSION = "1.1.0";
    private static final String USER_ID_FORMAT = "2";
    private static final long PARAMETER_SET = 1;

    private CertificateXml() {}

    static void write(XmlWriter out, KmsCertificate certificate) {
        out.element("KmsCertificate", () -> content(out, certificate));
    }

    /** Writes it under an Id, for a signature to refer to; its canonical form also goes to {@code canonical}. */
    static void write(XmlWriter out, KmsCertificate certificate, String id, WipeableBuffer.Sink canonical) {
        out.element("KmsCertificate", canonical, () -> content(out.attribute("Id", id), certificate));
    }

    private static void content(XmlWriter out, KmsCertificate certificate) {
        out.attribute("Version", VERSION).attribute("Role", certificate.role().wireName());
        if (certificate.securityGateway()) {
            out.attribute("IsSecurityGateway", "true");
        }
        out.text("CertUri", certificate.certUri())
                .text("KmsUri", certificate.kmsUri())
                .text("Issuer", certificate.issuer())
                .time("ValidFrom", certificate.validFrom())
                .time("ValidTo", certificate.validTo())
                .flag("Revoked", certificate.revoked())
                .text("UserIdFormat", USER_ID_FORMAT)
                .number("UserKeyPeriod", certificate.schedule().lengthSeconds())
                .number("UserKeyOffset", certificate.schedule().offsetSeconds())
                .publicKey("PubEncKey", certificate.pubEncKey().octets())
                .publicKey("PubAuthKey", certificate.pubAuthKey().octets())
                .number("ParameterSet", PARAMETER_SET);
        if (!certificate.domains().isEmpty()) {
            out.element("KmsDomainList", () -> certificate.domains().forEach(domain -> out.text("KmsDomain", domain)));
        }
    }

    /**
     * Reads what stands in a SignedKmsCertificate. A signature there is passed over: it is optional, its algorithm is
     * left open by the standard, and what protects a certificate is the channel that brings it.
     */
    static KmsCertificate readSigned(Element element, Role expected) {
        ElementReader in = ElementReader.of(element);
        Element certificate = in.required("KmsCertificate");
        in.finish();
        return read(certificate, expected);
    }

    /** Reads a certificate; one that does not say its role is taken for the expected one. */
    static KmsCertificate read(Element element, Role expected) {
        ElementReader in = ElementReader.of(element);
        in.attribute("Role").ifPresent(role -> {
            if (!role.equals(expected.wireName())) {
                throw malformed("KmsCertificate has the role " + role + " where " + expected.wireName() + " belongs");
            }
        });
        requireOurs(in);
        KmsCertificate certificate = new KmsCertificate(
                expected,
                in.optionalTrimmed("CertUri"),
                in.trimmed("KmsUri"),
                in.optionalText("Issuer"),
                in.optionalTrimmed("ValidFrom").map(text -> Lexical.dateTime(text, "ValidFrom")),
                in.optionalTrimmed("ValidTo").map(text -> Lexical.dateTime(text, "ValidTo")),
                in.optionalTrimmed("Revoked")
                        .map(text -> Lexical.flag(text, "Revoked"))
                        .orElse(false),
                schedule(in),
                new KmsPublicKey(publicKey(in, "PubEncKey")),
                new KmsPublicAuthenticationKey(publicKey(in, "PubAuthKey")),
                in.optional("KmsDomainList").map(CertificateXml::domains).orElse(List.of()),
                in.attribute("IsSecurityGateway")
                        .map(text -> Lexical.flag(text, "IsSecurityGateway"))
                        .orElse(false));
        in.finish();
        return certificate;
    }

    private static void requireOurs(ElementReader in) {
        String format = in.trimmed("UserIdFormat");
        if (!format.equals(USER_ID_FORMAT)) {
            throw malformed("UserIdFormat is not 2, the only one supported");
        }
        Optional<String> set = in.optionalTrimmed("ParameterSet");
        if (set.isPresent() && Lexical.integer(set.get(), "ParameterSet", 0, Integer.MAX_VALUE) != PARAMETER_SET) {
            throw malformed("ParameterSet is not 1, the only one supported");
        }
    }

    private static KeyPeriodSchedule schedule(ElementReader in) {
        return new KeyPeriodSchedule(
                Lexical.integer(in.trimmed("UserKeyPeriod"), "UserKeyPeriod", 1, Integer.MAX_VALUE),
                Lexical.integer(in.trimmed("UserKeyOffset"), "UserKeyOffset", 0, Integer.MAX_VALUE));
    }

    private static Octets publicKey(ElementReader in, String name) {
        return KeyText.read(in.trimmed(name), name, Octets::copyOf);
    }

    private static List<String> domains(Element list) {
        ElementReader in = ElementReader.of(list);
        List<String> domains =
                in.all("KmsDomain").stream().map(ElementReader::trimmed).toList();
        in.finish();
        return domains;
    }
}
