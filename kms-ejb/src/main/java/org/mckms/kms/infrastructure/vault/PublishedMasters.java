package org.mckms.kms.infrastructure.vault;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsPublicKey;

/**
 * Masters that everybody can read in a standard, known by their public keys. Whoever uses one of the two in production
 * has given half of the KMS away.
 */
final class PublishedMasters {

    /** KPAK of KSAK 12345 (RFC 6507 appendix A). */
    private static final Octets RFC_6507_KPAK =
            Octets.fromHex("0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA"
                    + "93DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217"
                    + "F4");

    /** Z of z AFF429...BC99F (RFC 6508 appendix A). */
    private static final Octets RFC_6508_ZT =
            Octets.fromHex("045958EF1B1679BF099B3A030DF255AA6A23C1D8F143D4D23F753E69BD27A832"
                    + "F38CB4AD53DDEF4260B0FE8BB45C4C1FF510EFFE300367A37B61F701D914AEF0"
                    + "9724825FA0707D61A6DFF4FBD7273566CDDE352A0B04B7C16A78309BE640697D"
                    + "E747613A5FC195E8B9F328852A579DB8F99B1D0034479EA9C5595F47C4B2F54F"
                    + "F21508D37514DCF7A8E143A6058C09A6BF2C9858CA37C258065AE6BF7532BC8B"
                    + "5B63383866E0753C5AC0E72709F8445F2E6178E065857E0EDA10F68206B63505"
                    + "ED87E534FB2831FF957FB7DC619DAE61301EEACC2FDA3680EA4999258A833CEA"
                    + "8FC67C6D19487FB449059F26CC8AAB655AB58B7CC796E24E9A394095754F5F8B"
                    + "AE");

    private PublishedMasters() {}

    /** Whether one of both keys belongs to a published master. */
    static boolean include(KmsPublicAuthenticationKey kpak, KmsPublicKey zT) {
        return kpak.octets().equals(RFC_6507_KPAK) || zT.octets().equals(RFC_6508_ZT);
    }
}
