package org.mckms.protocol.message;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.element.Checked;

/**
 * A KMS redirect response, KRR (TS 33.180 clause D.4), as far as it was understood: it tells the initiator of an I_MESSAGE
 * which KMS is acceptable. The sender's claims; recorded, never acted upon.
 *
 * @param initiator URI of the initiator
 * @param receiver URI of the receiver
 * @param refusedKms URI of the KMS that was refused
 * @param refuser who refused it
 * @param proposedKms URIs of KMSs that would be acceptable, in the order sent
 * @param nested the earlier KRR that this one narrows
 * @param digest SHA-256 over the KRR in canonical form
 * @throws InvalidValueException if a URI is empty, longer than 2048 characters or holds white space
 */
public record KmsRedirectResponse(
        Optional<String> initiator,
        Optional<String> receiver,
        Optional<String> refusedKms,
        Optional<String> refuser,
        List<String> proposedKms,
        Optional<KmsRedirectResponse> nested,
        Octets digest) {
    public KmsRedirectResponse {
        initiator.ifPresent(uri -> Checked.uri(uri, "initiator"));
        receiver.ifPresent(uri -> Checked.uri(uri, "receiver"));
        refusedKms.ifPresent(uri -> Checked.uri(uri, "refused KMS"));
        refuser.ifPresent(uri -> Checked.uri(uri, "refuser"));
        proposedKms = List.copyOf(proposedKms);
        proposedKms.forEach(uri -> Checked.uri(uri, "proposed KMS"));
        Objects.requireNonNull(nested, "nested");
        Objects.requireNonNull(digest, "digest");
    }
}
