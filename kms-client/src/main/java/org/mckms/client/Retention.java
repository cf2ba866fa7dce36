package org.mckms.client;

import java.time.Duration;
import java.time.Instant;
import org.mckms.client.store.StoreEdit;
import org.mckms.protocol.message.KmsCertificate;

/**
 * What a client no longer needs: key sets after their period and the grace (TS 33.180 clause 5.11.1 wants keys deleted
 * then), root certificates that no user of the KMS can still sign under, and certificates of other KMSs that expired.
 */
final class Retention {
    private final Duration grace;

    Retention(Duration grace) {
        this.grace = grace;
    }

    void apply(StoreEdit edit, Instant now) {
        edit.forgetKeySets(
                keys -> keys.ends().plus(grace).isBefore(now) || keys.root().revoked());
        edit.forgetRoots(root -> isOver(root, edit, now));
        edit.forgetPartners(partner -> hasExpired(partner, now));
    }

    /**
     * An old root certificate is over when the key period in which the newest one began has ended: until then other users
     * may sign under keys of the old one, and may not have moved over.
     */
    private boolean isOver(KmsCertificate root, StoreEdit edit, Instant now) {
        if (edit.holdsKeySetsUnder(root)) {
            return false;
        }
        KmsCertificate newest = edit.rootCertificates().get(0);
        return newest.validFrom()
                .map(began -> root.schedule().start(root.schedule().at(began).next()))
                .map(lastEnd -> lastEnd.plus(grace).isBefore(now))
                .orElse(true);
    }

    private boolean hasExpired(KmsCertificate certificate, Instant now) {
        return certificate
                .validTo()
                .filter(end -> end.plus(grace).isBefore(now))
                .isPresent();
    }
}
