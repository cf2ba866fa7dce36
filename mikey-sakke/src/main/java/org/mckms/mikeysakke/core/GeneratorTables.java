package org.mckms.mikeysakke.core;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.mckms.mikeysakke.curve.FixedBaseTable;
import org.mckms.mikeysakke.curve.SakkePoints;
import org.mckms.mikeysakke.pairing.PowerTable;

/**
 * The tables of the base point P and of g, constants of parameter set 1. They are made once, when they are first needed, and compared
 * with digests, so that a fault of memory or of the compiler while they are made does not go unnoticed.
 */
final class GeneratorTables {
    /** SHA-256 of all entries; the test of this class calculates it in integers of any size. */
    private static final String DIGEST_OF_P = "0afe35877788884ec44c70680a74fa19ab3152bb475432b12147d899aed8cc73";

    private static final String DIGEST_OF_G = "dc5271340832f24a7eec2796a6dcacaad8c080306104a097783f4ce988926c51";

    /** Of P. */
    static final FixedBaseTable P = ofP();

    /** Of g. */
    static final PowerTable G = ofG();

    private GeneratorTables() {}

    private static FixedBaseTable ofP() {
        FixedBaseTable table = new FixedBaseTable(SakkePoints.decode(SakkePoints.generator()));
        requireDigest(table.digest(), DIGEST_OF_P);
        return table;
    }

    private static PowerTable ofG() {
        PowerTable table = new PowerTable();
        requireDigest(table.digest(), DIGEST_OF_G);
        return table;
    }

    private static void requireDigest(byte[] digest, String expected) {
        if (!MessageDigest.isEqual(digest, HexFormat.of().parseHex(expected))) {
            throw new IllegalStateException("a table of parameter set 1 was calculated wrongly");
        }
    }
}
