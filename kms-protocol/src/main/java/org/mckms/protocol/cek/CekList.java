package org.mckms.protocol.cek;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.element.AnswerExtension;

/**
 * CEKs that the KMS hands out: in a KmsKeyProv, or as a whole answer in a KmsResponse without a KmsMessage. Closing it wipes
 * all keys in it.
 *
 * @param ceks 0 to 256, each Key ID once; taken over unless this constructor throws
 * @throws InvalidValueException if there are more, or one twice
 */
public record CekList(List<Cek> ceks) implements AnswerExtension {
    /** The most keys that one list, end or acknowledgement names. */
    public static final int MAX = 256;

    public CekList {
        ceks = List.copyOf(ceks);
        CekChecks.distinct(ceks.stream().map(Cek::keyId).toList());
    }

    /** The entry of that Key ID, if there is one. */
    public Optional<Cek> find(Octets keyId) {
        return ceks.stream().filter(cek -> cek.keyId().equals(keyId)).findFirst();
    }

    /** Whether a key is in it; there is none when it is empty or tells of revoked keys only. */
    public boolean hasKeys() {
        return ceks.stream().anyMatch(cek -> cek.key().isPresent());
    }

    @Override
    public void close() {
        ceks.forEach(Cek::close);
    }
}
