package org.mckms.client;

import java.util.List;
import org.mckms.client.store.UserKeys;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/**
 * The key sets that may open or sign a message, newest first. A message names the KMS but not the certificate, so while a
 * KMS goes from one root certificate to the next a receiver tries both. Copies: close them after use. Safe for use by
 * several threads until closed.
 */
public final class CandidateKeys implements AutoCloseable {
    private final List<UserKeys> newestFirst;
    private final IdentityEncoding encoding;

    /** Takes over the key sets. */
    CandidateKeys(List<UserKeys> newestFirst, IdentityEncoding encoding) {
        this.newestFirst = List.copyOf(newestFirst);
        this.encoding = encoding;
    }

    /** The newest root certificate first, among its key sets the latest period first. */
    public List<UserKeys> newestFirst() {
        return newestFirst;
    }

    public boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    /**
     * The key set to sign with: the newest.
     *
     * @throws KmsClientException if there is none
     */
    public UserKeys newest() {
        if (newestFirst.isEmpty()) {
            throw new KmsClientException("there is no key set for this identity and time");
        }
        return newestFirst.get(0);
    }

    /**
     * Opens encapsulated data with the first key set that fits (RFC 6508 clause 6.2.2).
     *
     * @return the shared secret value, which the caller closes
     * @throws DecapsulationException if no key set opens it, for whatever reason
     */
    public SharedSecretValue decapsulate(EncapsulatedData data) {
        DecapsulationException last = new DecapsulationException();
        for (UserKeys candidate : newestFirst) {
            try {
                return Sakke.decapsulate(
                        data,
                        candidate.keys().rsk(),
                        encoding.identityOctets(candidate.keys().userId()),
                        candidate.root().pubEncKey());
            } catch (DecapsulationException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public void close() {
        newestFirst.forEach(UserKeys::close);
    }
}
