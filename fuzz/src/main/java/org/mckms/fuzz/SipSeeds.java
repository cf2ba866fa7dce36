package org.mckms.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.smime.SignedSipBody;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.xpk.BodySignatures;
import org.mckms.protocol.xpk.ProtectionPlan;
import org.mckms.protocol.xpk.UriEncryption;
import org.mckms.protocol.xpk.XmlProtection;

/** One input of each kind under a CSK; the ECCSI key is that of RFC 6507 appendix A. */
final class SipSeeds {
    private static final ProtectionPlan.Name TO = new ProtectionPlan.Name("urn:example:info", "to");
    private static final Octets IDENTITY = Octets.ofAscii("2011-02\0tel:+447700900123\0");
    private static final KmsPublicAuthenticationKey KPAK = new KmsPublicAuthenticationKey(
            Octets.fromHex("0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA93"
                    + "DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217F4"));
    private static final PublicValidationToken PVT = new PublicValidationToken(
            Octets.fromHex("04758A142779BE89E829E71984CB40EF758CC4AD775FC5B9A3E1C8ED52F6FA36D9"
                    + "A79D247692F4EDA3A6BDAB77D6AA6474A464AE4934663C5265BA7018BA091F79"));
    private static final Octets SSK =
            Octets.fromHex("23F374AE1F4033F3E9DBDDAAEF20F4CF0B86BBD5A138A5AE9E7E006B34489A0D");

    private SipSeeds() {}

    /** The inputs by name. */
    static Map<String, byte[]> inputs() {
        SecureRandom random = new SecureRandom();
        byte[] info = SipTarget.INFO.getBytes(UTF_8);
        BodyPart part = BodyPart.of("application/xml", "1@client", Octets.copyOf(info));
        MultipartBody message = MultipartBody.of(
                MultipartBody.MIXED, List.of(part, BodySignatures.sign(List.of(part), SipTarget.KEYS)));
        return Map.of(
                "signed",
                after(0, withBoundary(message.toBody())),
                "content",
                after(1, XmlProtection.protect(info, ProtectionPlan.ofContents(TO), SipTarget.KEYS, random)),
                "value",
                after(
                        1,
                        XmlProtection.protect(
                                info, new ProtectionPlan(Set.of(), Set.of(), Set.of(TO)), SipTarget.KEYS, random)),
                "uri",
                after(
                        2,
                        UriEncryption.encrypt("sip:bob@example.org", SipTarget.KEYS, random)
                                .getBytes(UTF_8)),
                "by-sender",
                after(3, withBoundary(bySender(random))));
    }

    private static SipBody bySender(SecureRandom random) {
        try (SecretSigningKey ssk = SecretSigningKey.takeFrom(SSK.toByteArray())) {
            return SignedSipBody.sign(
                    new SipBody("text/plain", Octets.ofAscii("hello")),
                    new SignedSipBody.Claims(
                            Keys.ALICE, Keys.KMS, "sip:mcptt@example.org", Instant.parse("2026-05-01T12:00:00Z")),
                    new EccsiSigner(IDENTITY, ssk, PVT, KPAK, random));
        }
    }

    /** The octets of a body with the boundary that the target knows. */
    private static byte[] withBoundary(SipBody body) {
        String boundary = body.contentType().replaceAll(".*boundary=\"([0-9A-F]+)\".*", "$1");
        String octets = new String(body.octets().toByteArray(), ISO_8859_1);
        return octets.replace(boundary, "b1").getBytes(ISO_8859_1);
    }

    private static byte[] after(int kind, byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        out.writeBytes(octets);
        return out.toByteArray();
    }
}
