package org.mckms.client.csk;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.codec.KmsRedirectResponseCodec;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.smime.SipBody;

/**
 * What came of a CSK. A client is told that it was refused, with 488 and the redirect if there is one, and nothing else.
 *
 * @param cskId the key, if it was taken
 * @param fault why not, for the own side
 * @param text for people
 * @param redirect a KmsRedirectResponse (TS 33.180 clause D.4), if the client used another KMS than that of the server
 */
public record CskAnswer(
        Optional<KeyIdentifier> cskId, Optional<ReceptionFault> fault, String text, Optional<Octets> redirect) {
    static CskAnswer taken(KeyIdentifier cskId) {
        return new CskAnswer(Optional.of(cskId), Optional.empty(), "the CSK " + cskId + " is in use", Optional.empty());
    }

    static CskAnswer refused(ReceptionFault fault, String text, Optional<Octets> redirect) {
        return new CskAnswer(Optional.empty(), Optional.of(fault), text, redirect);
    }

    /** Whether the key is in use. */
    public boolean isTaken() {
        return cskId.isPresent();
    }

    /** The body of the SIP answer that tells the client which KMS to use. */
    public Optional<SipBody> redirectBody() {
        return redirect.map(document -> new SipBody(KmsRedirectResponseCodec.MEDIA_TYPE, document));
    }
}
