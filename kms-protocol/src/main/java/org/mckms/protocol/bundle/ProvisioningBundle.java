package org.mckms.protocol.bundle;

import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.FileText;
import org.mckms.protocol.xml.XmlLimits;

/**
 * What one device of one user gets in advance (R-5.13-012): the answers that its KMS would have given, octet for octet, so
 * that the client checks them as it checks an answer. Keys in them are wrapped under its transport key.
 *
 * @param device which of the user's devices
 * @param madeAt cut to whole seconds
 * @param initResponse SignedKmsResponse with KmsInit
 * @param keyProvResponse SignedKmsResponse with KmsKeyProv, one wrapped key set for each period
 */
public record ProvisioningBundle(
        String kmsUri, String userUri, String device, Instant madeAt, Octets initResponse, Octets keyProvResponse) {
    /** Largest response in a bundle: what a client reads from its KMS. */
    public static final int MAX_RESPONSE_OCTETS = XmlLimits.RESPONSE.octets();

    public ProvisioningBundle {
        FileText.uri(kmsUri, "KMS URI");
        FileText.uri(userUri, "user URI");
        FileText.name(device, "device");
        madeAt = FileText.seconds(madeAt);
        if (initResponse.size() > MAX_RESPONSE_OCTETS || keyProvResponse.size() > MAX_RESPONSE_OCTETS) {
            throw new InvalidValueException("a response in a bundle is larger than " + MAX_RESPONSE_OCTETS + " octets");
        }
    }
}
