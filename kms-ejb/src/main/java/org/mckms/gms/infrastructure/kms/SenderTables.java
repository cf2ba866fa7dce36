package org.mckms.gms.infrastructure.kms;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.mikeysakke.sakke.SakkeEncapsulator;

/**
 * The tables of KMSs that messages are encapsulated under, made once for each public key. Few are kept: a site has a few
 * partners, and a certificate that was replaced is not used again. Safe for use by several threads.
 */
final class SenderTables {

    /** Public keys whose tables are kept. */
    static final int MOST = 32;

    private static final float LOAD_FACTOR = 0.75f;

    private final SakkeCore core;
    private final Map<KmsPublicKey, SakkeEncapsulator> latest = new LinkedHashMap<>(MOST, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KmsPublicKey, SakkeEncapsulator> eldest) {
            return size() > MOST;
        }
    };

    SenderTables(SakkeCore core) {
        this.core = core;
    }

    /** Made while others wait: it takes some ten milliseconds. */
    synchronized SakkeEncapsulator of(KmsPublicKey key) {
        return latest.computeIfAbsent(key, absent -> new SakkeEncapsulator(core, absent));
    }
}
