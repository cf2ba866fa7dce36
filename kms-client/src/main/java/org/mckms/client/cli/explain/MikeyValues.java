package org.mckms.client.cli.explain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.group.DeniedSigners;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MikeyField;

/** What the fields of a MIKEY message say, in words. Numbers of one or two octets are shown as such, other values in hex. */
final class MikeyValues {
    private static final int NUMBER_OCTETS = 2;

    private static final Map<Integer, String> PAYLOADS =
            Map.of(0, "none", 4, "SIGN", 5, "T", 10, "SP", 11, "RAND", 14, "IDR", 21, "general extension", 26, "SAKKE");
    private static final Map<Integer, String> ROLES = Map.of(
            1, "initiator",
            2, "responder",
            3, "a KMS; only the order tells whose",
            6, "KMS of the initiator",
            7, "KMS of the responder",
            8, "UID of the initiator, which is hidden",
            9, "UID of the responder, which is hidden");
    private static final Map<Integer, String> POLICY = Map.ofEntries(
            Map.entry(0, "encryption algorithm; 6 is AES-GCM"),
            Map.entry(1, "session encryption key length"),
            Map.entry(2, "authentication algorithm; 4 is RCCm3"),
            Map.entry(3, "session authentication key length"),
            Map.entry(4, "session salt length"),
            Map.entry(5, "SRTP PRF; 0 is AES-CM"),
            Map.entry(6, "key derivation rate"),
            Map.entry(13, "ROC transmission rate"),
            Map.entry(18, "SRTP authentication tag length"),
            Map.entry(19, "SRTCP authentication tag length"),
            Map.entry(20, "AEAD authentication tag length"));
    /** Notes that depend on nothing but the name of the field. */
    private static final int PVT_OCTETS = 65;

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("V and PRF func", "1 is no answer expected, PRF-HMAC-SHA-256"),
            Map.entry("CS ID map type", "0 is SRTP-ID, 1 an empty map, 2 GENERIC-ID"),
            Map.entry("Prot type", "0 is SRTP"),
            Map.entry("prot type", "0 is SRTP"),
            Map.entry("S and #P", "128 if there is session data, plus the number of policies"),
            Map.entry("TS type", "0 is NTP-UTC"),
            Map.entry("ID type", "1 is a URI"),
            Map.entry("SAKKE params", "1 is parameter set 1 of RFC 6509"),
            Map.entry("ID scheme", "2 is the hashed UID of MC services"),
            Map.entry("SAKKE data", "R_(b,S), 257 octets, and the hint H, 16"),
            Map.entry("type", "6 is SAKKE-to-self, 7 the key parameters"),
            Map.entry("message type", "an encrypted payload if 64 is in it (TS 24.282 15.2.2)"),
            Map.entry("payload algorithm", "1 is AES-128-GCM"),
            Map.entry("DPPK-ID", "the CSB ID"),
            Map.entry("ciphertext and tag", "opens with the key only"),
            Map.entry("S type and signature length", "8321 is ECCSI, 129 octets"));

    private MikeyValues() {}

    static Reading of(MikeyField field) {
        Octets octets = field.octets();
        int number = number(octets);
        String fixed = FIXED.getOrDefault(field.name(), "");
        return switch (field.name()) {
            case "next payload" -> Reading.of("" + number, PAYLOADS.getOrDefault(number, ""));
            case "data type" -> Reading.of("" + number, number == 26 ? "I_MESSAGE of SAKKE" : "");
            case "CSB ID" -> Reading.of(octets.toHex(), purpose(octets));
            case "CS ID" -> Reading.of("" + number, session(number));
            case "SPI" -> Reading.of(octets.toHex(), octets.size() == 8 ? "GMK-ID and GUK-ID" : "");
            case "TS value" -> Reading.of(octets.toHex(), "" + time(octets));
            case "ID role" -> Reading.of("" + number, ROLES.getOrDefault(number, ""));
            case "ID data" -> identity(octets);
            case "signature" -> signature(octets);
            case "policy param type" -> Reading.of("" + number, POLICY.getOrDefault(number, ""));
            case "date and time" -> Reading.of(octets.toHex(), "" + Instant.ofEpochSecond(seconds(octets)));
            default ->
                octets.size() > NUMBER_OCTETS || octets.size() == 0
                        ? Reading.of(octets.toHex(), fixed)
                        : Reading.of("" + number, fixed);
        };
    }

    private static Reading signature(Octets octets) {
        Octets pvt = octets.slice(Math.max(0, octets.size() - PVT_OCTETS), octets.size());
        return Reading.of(
                octets.toHex(), "r, 32 octets, s, 32, and PVT, 65, of which SHA-256 is " + DeniedSigners.nameOf(pvt));
    }

    private static int number(Octets octets) {
        int number = 0;
        for (int i = 0; i < Math.min(octets.size(), NUMBER_OCTETS); i++) {
            number = number << Byte.SIZE | octets.at(i) & 0xFF;
        }
        return number;
    }

    private static long seconds(Octets octets) {
        return Long.parseLong(octets.toHex(), 16);
    }

    private static Instant time(Octets octets) {
        return NtpTimestamp.parse(octets.toHex()).toInstant();
    }

    private static String purpose(Octets octets) {
        int tag = KeyIdentifier.of(octets).purposeTag();
        Optional<KeyPurpose> purpose = KeyPurpose.ofTag(tag);
        String names = purpose.filter(KeyPurpose::isDiversified).isPresent()
                ? "by which the receiver knows a key of purpose "
                : "identifier of a key of purpose ";
        return purpose.map(known -> names + known).orElse("purpose tag " + tag + " is not known");
    }

    private static String session(int csId) {
        return CryptoSessionId.of(csId)
                .map(known -> known.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .orElse("");
    }

    /** A UID in hex, since it is no text; of a URI its characters. */
    private static Reading identity(Octets octets) {
        String text = new String(octets.toByteArray(), StandardCharsets.UTF_8);
        boolean printable = octets.size() > 0 && text.chars().noneMatch(c -> c < ' ' || c == '\uFFFD');
        return printable ? Reading.of(text, "") : Reading.of(octets.toHex(), "");
    }
}
