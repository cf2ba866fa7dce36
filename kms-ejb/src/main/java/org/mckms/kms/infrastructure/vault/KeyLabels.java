package org.mckms.kms.infrastructure.vault;

import java.util.List;
import java.util.Set;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochOrigin;

/** Labels of the token keys of this server. */
final class KeyLabels {

    /** All keys of this server begin with it. */
    static final String PREFIX = "kms.";

    /** HMAC for the health of the token; used for nothing else. */
    static final String PROBE = "kms.probe";

    /** HMAC over public rows that decide something. */
    static final String ROW = "kms.row";

    /** EC P-256; signs audit checkpoints, and its certificate names the token. */
    static final String AUDIT = "kms.sign.audit";

    /** What every token has that was set up for this server. */
    static final List<String> STORE_KEYS = List.of(PROBE, ROW, AUDIT);

    /** AES, under which the keys of devices are sealed; the first of a row that a number tells apart. */
    static final String FIRST_CLIENT = StoreRow.CLIENT.label(1);

    /** EC P-256; signs the certificate of this KMS for its partners. */
    static final String CERTIFICATE = "kms.sign.cert";

    /** EC P-256; signs registration files and pre-provisioning bundles. */
    static final String BUNDLE = "kms.sign.bundle";

    /** AES, which wraps the data keys that encrypt in memory; the first of a row that a number tells apart. */
    static final String FIRST_SESSION = StoreRow.SESSION.label(1);

    /** What a token has since later releases; a token of an older one gets them when an officer asks for it. */
    static final List<String> LATER_KEYS = List.of(FIRST_CLIENT, FIRST_SESSION, CERTIFICATE, BUNDLE);

    private KeyLabels() {}

    /** HMAC, from which the secrets of an epoch are derived. */
    static String root(EpochId epoch) {
        return "kms.root." + epoch;
    }

    /** AES, under which the masters of an imported epoch are sealed. */
    static String master(EpochId epoch) {
        return "kms.store.master." + epoch;
    }

    /** The keys without which an epoch cannot be used. */
    static Set<String> of(Epoch epoch) {
        return epoch.origin() == EpochOrigin.IMPORTED
                ? Set.of(root(epoch.id()), master(epoch.id()))
                : Set.of(root(epoch.id()));
    }
}
