package org.mckms.protocol.message;

import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * Answer to KMS Discovery Lookup: the KMSs that serve a user (TS 33.180 clauses D.2.7 and D.3.1, which name the element
 * but not its content; KmsUri elements are our own choice).
 *
 * @param kmsUris any number; none if the user is unknown
 * @throws InvalidValueException if a URI is empty, longer than 2048 characters or holds white space
 */
public record KmsLookup(List<String> kmsUris) implements KmsMessage {
    public KmsLookup {
        kmsUris = List.copyOf(kmsUris);
        kmsUris.forEach(uri -> Checked.uri(uri, "KmsUri"));
    }
}
