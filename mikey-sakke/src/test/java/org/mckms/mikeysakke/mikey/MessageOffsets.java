package org.mckms.mikeysakke.mikey;

/** Where fields stand in the first message of {@code mikey/domain-selfmade.json}, counted by hand along its payload offsets. */
final class MessageOffsets {
    static final int V_AND_PRF = 3;
    static final int CSB_ID = 4;
    static final int CS_COUNT = 8;
    static final int MAP_TYPE = 9;
    static final int SESSION_DATA_LENGTH = 14;
    static final int SPI_LENGTH = 16;
    static final int T = 25;
    static final int RAND = 35;
    static final int IDR_I = 53;
    static final int IDR_R = 77;
    static final int KMS_I = 103;
    static final int KMS_R = 123;
    static final int SP = 143;
    static final int SAKKE = 178;
    static final int EXTENSION = 456;
    static final int SIGN = 568;

    static final int KMS_I_ROLE = KMS_I + 1;
    static final int KMS_R_ROLE = KMS_R + 1;
    static final int EXTENSION_TYPE = EXTENSION + 1;

    private MessageOffsets() {}
}
