package org.mckms.it.support;

import java.time.Instant;

/**
 * What a client needs of the root KMS certificate (TS 33.180 annex D.3.2), as read from an answer to {@code init}.
 *
 * @param periodSeconds UserKeyPeriod
 * @param offsetSeconds UserKeyOffset
 * @param zT            PubEncKey, 514 hex digits
 * @param kpak          PubAuthKey, 130 hex digits
 */
public record RootCertificate(String kmsUri, long periodSeconds, long offsetSeconds, String zT, String kpak) {
    /** Seconds from 1900, where NTP begins, to 1970 (RFC 5905). */
    private static final long NTP_TO_UNIX = 2_208_988_800L;

    public static RootCertificate of(Reply init) {
        if (init.status() != 200) {
            throw new AssertionError("no root certificate: " + init);
        }
        return new RootCertificate(
                init.all("KmsUri").get(1),
                Long.parseLong(init.only("UserKeyPeriod")),
                Long.parseLong(init.only("UserKeyOffset")),
                init.only("PubEncKey"),
                init.only("PubAuthKey"));
    }

    /** The number of the key period that contains {@code time} (TS 33.180 annex F.2.1). */
    public long periodAt(Instant time) {
        return Math.floorDiv(time.getEpochSecond() + NTP_TO_UNIX - offsetSeconds, periodSeconds);
    }

    /** The first second of a key period. */
    public Instant startOf(long period) {
        return Instant.ofEpochSecond(period * periodSeconds + offsetSeconds - NTP_TO_UNIX);
    }

    /** A time as clients put it into the path: 64-bit NTP timestamp in 16 upper-case hex digits. */
    public static String ntp(Instant time) {
        return String.format("%08X00000000", (time.getEpochSecond() + NTP_TO_UNIX) & 0xFFFF_FFFFL);
    }
}
