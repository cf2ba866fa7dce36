package org.mckms.mikeysakke.sakke;

import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;

/** The public key of a KMS with what a core has calculated beforehand for it. Public data, immutable. */
public final class SakkeEncapsulator {
    private final SakkeCore core;
    private final SenderTable table;

    /** Makes the tables for Z_T, which takes a while. */
    public SakkeEncapsulator(SakkeCore core, KmsPublicKey zT) {
        this.core = core;
        this.table = core.senderTable(zT.octets().toByteArray());
    }

    SakkeCore core() {
        return core;
    }

    SenderTable table() {
        return table;
    }
}
