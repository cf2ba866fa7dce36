package org.mckms.protocol.xpk;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.smime.BodyPart;

/** The CSK of a published message (Streamwide), and what derives from it, calculated by hand after clause F.1.4. */
final class XpkFixtures {
    static final String CSK = "e06e65106183547342d3e8a6ce2540a8";
    static final KeyIdentifier CSK_ID = new KeyIdentifier(0x2DDD5BF0);
    static final String KEY_NAME = "Ld1b8A==";
    static final String ALICE = "sip:alice@streamwide.com";
    static final String CONFIDENTIALITY = "c99243a290fd4b56b648d4a5abdfb3bf";
    static final String INTEGRITY = "26334e26b9def44f8502c3854c22e664";

    static final String MCPTT_INFO = "urn:3gpp:ns:mcpttInfo:1.0";
    static final String INFO_TYPE = "application/vnd.3gpp.mcptt-info+xml";
    static final String INFO = "<mcpttinfo xmlns=\"urn:3gpp:ns:mcpttInfo:1.0\"><mcptt-Params>"
            + "<session-type>private</session-type>"
            + "<mcptt-request-uri type=\"Normal\"><mcpttURI>sip:bob@example.org</mcpttURI></mcptt-request-uri>"
            + "</mcptt-Params></mcpttinfo>";

    private XpkFixtures() {}

    static XpkKeys keys() {
        return keys(CSK, CSK_ID);
    }

    static XpkKeys keys(String xpk, KeyIdentifier xpkId) {
        try (SecretOctets key = SecretOctets.takeFrom(HexFormat.of().parseHex(xpk))) {
            return XpkKeys.derive(xpkId, key, ALICE);
        }
    }

    static Function<KeyIdentifier, Optional<XpkKeys>> only(XpkKeys keys) {
        return xpkId -> Optional.of(keys).filter(held -> held.xpkId().equals(xpkId));
    }

    static BodyPart info(String contentId) {
        return BodyPart.of(INFO_TYPE, contentId, utf8(INFO));
    }

    static Octets utf8(String text) {
        return Octets.ofUtf8(text);
    }
}
