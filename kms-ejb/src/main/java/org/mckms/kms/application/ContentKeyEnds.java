package org.mckms.kms.application;

import java.util.function.Consumer;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;

/** Ends of content encryption keys that follow from what happens to users and tokens. Inside the caller's transaction. */
public interface ContentKeyEnds {

    /**
     * Ends all keys of a user; who blocks the user holds the row of the identity before.
     *
     * @param trail takes the audit records
     */
    void endAllOf(String userUri, CekEnding why, Consumer<AuditNote> trail);

    /**
     * Ends all keys that were made under an access token.
     *
     * @param tokenDigest as {@link org.mckms.kms.domain.token.TokenDigest} makes it
     * @param trail       takes the audit records
     */
    void endOfToken(Octets tokenDigest, Consumer<AuditNote> trail);
}
