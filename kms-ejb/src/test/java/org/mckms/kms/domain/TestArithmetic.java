package org.mckms.kms.domain;

import java.security.SecureRandom;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.sakke.SakkeExtractor;

/** The arithmetic of a server without vectors. */
public final class TestArithmetic {

    public static final SecureRandom RANDOM = new SecureRandom();
    public static final SakkeExtractor EXTRACTOR = new SakkeExtractor(new ScalarSakkeCore(RANDOM), RANDOM);

    private TestArithmetic() {}

    /** Extraction with nothing put into it. */
    public static KeySetExtraction extraction(MasterSecretVault vault, SelfCheckAlarm alarm) {
        return new KeySetExtraction(EXTRACTOR, vault, alarm, RANDOM);
    }

    /** The same as use cases have it. */
    public static GatheredExtraction gathered(MasterSecretVault vault, SelfCheckAlarm alarm) {
        return new GatheredExtraction(vault, extraction(vault, alarm), 1);
    }

    static ExtractionSteps steps() {
        return new ExtractionSteps(EXTRACTOR, RANDOM);
    }

    static KeySetSelfCheck selfCheck() {
        return new KeySetSelfCheck(EXTRACTOR, RANDOM);
    }
}
