package org.mckms.protocol.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/** Values and documents that more than one test needs. The messages begin as an I_MESSAGE does; nothing here looks into them. */
final class GroupSamples {
    static final String ALICE = "sip:alice@example.org";
    static final String BOB = "sip:bob@example.org";
    static final String TEMPORARY = "sip:tmp-7@example.org";
    static final Octets MESSAGE = Octets.fromHex("011A0501");
    static final Octets OTHER_MESSAGE = Octets.fromHex("011A05010000002A");

    /** The sample of the digest of TS 24.481, in its canonical form. */
    static final String GKTPS = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\">"
            + "<GMK-GKTPs><GKTP id=\"sip:alice@example.org\">011A0501</GKTP>"
            + "<on-network-regrouped-GKTPs temporary-MCPTT-group-ID=\"sip:tmp-7@example.org\">"
            + "<GKTP id=\"sip:alice@example.org\">011A05010000002A</GKTP></on-network-regrouped-GKTPs></GMK-GKTPs>"
            + "<MKFC-GKTPs><GKTP id=\"sip:alice@example.org\">011A0501</GKTP></MKFC-GKTPs></GKTPs>";

    static final GktpDocument DOCUMENT = new GktpDocument(
            McService.MCPTT,
            Optional.of(new KeyTransports(
                    List.of(new Gktp(ALICE, MESSAGE)),
                    List.of(new RegroupedTransports(TEMPORARY, List.of(new Gktp(ALICE, OTHER_MESSAGE)))))),
            Optional.of(KeyTransports.of(List.of(new Gktp(ALICE, MESSAGE)))));

    private GroupSamples() {}

    /** The text with one passage replaced, which must be there. */
    static byte[] changed(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalArgumentException("no " + from);
        }
        return text.replace(from, to).getBytes(UTF_8);
    }

    static KmsException refusal(ThrowingCallable act) {
        return catchThrowableOfType(KmsException.class, act);
    }
}
