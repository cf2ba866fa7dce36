package org.mckms.protocol.cek;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.element.Checked;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** Checks of the values that several elements of the extension have. */
final class CekChecks {
    private CekChecks() {}

    static void keyId(Octets keyId) {
        if (keyId.size() != ContentEncryptionKey.KEY_ID_OCTETS) {
            throw new InvalidValueException(
                    "a Key ID has " + ContentEncryptionKey.KEY_ID_OCTETS + " octets, not " + keyId.size());
        }
    }

    static void revision(long revision) {
        if (revision < 1) {
            throw new InvalidValueException("a revision is at least 1, not " + revision);
        }
    }

    static void session(String session) {
        Checked.uri(session, "Session");
        if (session.length() > Cek.MAX_SESSION_CHARACTERS) {
            throw new InvalidValueException("Session has " + session.length() + " characters, at most "
                    + Cek.MAX_SESSION_CHARACTERS + " are accepted");
        }
    }

    /** At most {@link CekList#MAX} Key IDs, each of them once: of two entries nothing would tell which one counts. */
    static void distinct(List<Octets> keyIds) {
        if (keyIds.size() > CekList.MAX) {
            throw new InvalidValueException(
                    keyIds.size() + " keys at a time, at most " + CekList.MAX + " are accepted");
        }
        Set<Octets> seen = new HashSet<>();
        for (Octets keyId : keyIds) {
            keyId(keyId);
            if (!seen.add(keyId)) {
                throw new InvalidValueException("the Key ID " + keyId.toHex() + " stands there twice");
            }
        }
    }
}
