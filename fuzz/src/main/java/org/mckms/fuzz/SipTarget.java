package org.mckms.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.smime.SignedSipBody;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.xpk.BodySignatures;
import org.mckms.protocol.xpk.UriEncryption;
import org.mckms.protocol.xpk.VerifiedBody;
import org.mckms.protocol.xpk.XmlProtection;
import org.mckms.protocol.xpk.XpkDeviation;
import org.mckms.protocol.xpk.XpkKeys;

/**
 * Bodies of SIP requests under a CSK: after an octet 00 a multipart body with its signatures, after 01 XML with encrypted parts,
 * after 02 an encrypted URI, after 03 a body with the ECCSI signature of its sender. What verifies was signed in the corpus;
 * what was opened has nothing encrypted left in it.
 */
public final class SipTarget implements Target {
    static final String MULTIPART = "multipart/mixed;boundary=b1";
    static final String SIGNED = "multipart/signed;boundary=b1;protocol=\"" + SignedSipBody.PROTOCOL + "\"";
    static final String INFO = "<mcptt xmlns=\"urn:example:info\"><to>sip:bob@example.org</to></mcptt>";
    static final XpkKeys KEYS = keys();

    private static final Function<KeyIdentifier, Optional<XpkKeys>> HELD =
            xpkId -> Optional.of(KEYS).filter(keys -> keys.xpkId().equals(xpkId));
    private static final Set<XpkDeviation> LENIENT = EnumSet.allOf(XpkDeviation.class);
    private static final SipTarget TARGET = new SipTarget();

    private static XpkKeys keys() {
        try (SecretOctets csk = SecretOctets.takeFrom(new byte[16])) {
            return XpkKeys.derive(new KeyIdentifier(0x2DDD5BF0), csk, Keys.ALICE);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        if (input.length == 0) {
            return false;
        }
        Octets content = Octets.copyOf(Arrays.copyOfRange(input, 1, input.length));
        try {
            return switch (input[0]) {
                case 0 -> signed(new SipBody(MULTIPART, content));
                case 1 -> opened(content.toByteArray());
                case 2 -> uri(new String(content.toByteArray(), UTF_8));
                case 3 -> bySender(new SipBody(SIGNED, content));
                default -> false;
            };
        } catch (KmsException e) {
            return false;
        }
    }

    private static boolean signed(SipBody body) {
        MultipartBody message = MultipartBody.parse(body);
        Target.require(
                MultipartBody.parse(message.toBody()).equals(message), "a multipart body is another when read again");
        for (BodyPart part : message.parts()) {
            Target.require(BodyPart.parse(part.octets()).equals(part), "a part is another when read again");
        }
        List<VerifiedBody> verified = BodySignatures.verify(message, HELD, LENIENT);
        Target.require(!verified.isEmpty(), "signatures verify, but of nothing");
        verified.forEach(each -> Target.require(
                each.octets().equals(Octets.ofUtf8(INFO)), "a body verifies that was not signed in the corpus"));
        return true;
    }

    private static boolean opened(byte[] document) {
        byte[] plain = XmlProtection.open(document, HELD, LENIENT);
        Target.require(
                Arrays.equals(XmlProtection.open(plain, xpkId -> Optional.empty(), LENIENT), plain),
                "something encrypted is left in what was opened");
        return true;
    }

    private static boolean uri(String uri) {
        String plain = UriEncryption.decrypt(uri, HELD, LENIENT);
        Target.require(!UriEncryption.isEncrypted(plain), "a URI is encrypted within what was encrypted");
        return true;
    }

    private static boolean bySender(SipBody body) {
        SignedSipBody signed = SignedSipBody.parse(body);
        Target.require(!signed.claims().signerUri().isEmpty(), "a signer without a URI");
        return true;
    }
}
