package org.mckms.client.cek;

import java.time.Instant;
import org.mckms.mikeysakke.Octets;

/**
 * A key that was ended: nothing that the KMS said before brings it back.
 *
 * @param keyId 16 octets
 * @param forgettable when no answer or push is taken any more that the KMS made before the end
 */
record EndedCek(Octets keyId, Instant forgettable) {}
