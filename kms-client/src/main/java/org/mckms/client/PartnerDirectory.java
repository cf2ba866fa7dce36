package org.mckms.client;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mckms.client.PartnerRefusedException.Reason;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.protocol.message.KmsCertificate;

/**
 * Certificates of the home KMS and of others, to encrypt to their users (TS 33.180 clause 5.3.4). The UID of a receiver is
 * made with the KMS URI, key period and offset of the receiver's certificate. A revoked certificate, or one that is not
 * valid at the time of the message, is never used. Safe for use by several threads.
 */
public final class PartnerDirectory {
    private static final Comparator<KmsCertificate> VALID_FROM_LATEST_FIRST = Comparator.comparing(
                    (KmsCertificate certificate) -> certificate.validFrom().orElse(Instant.MIN))
            .reversed();

    private final ClientKeyStore store;
    private final IdentityEncoding encoding;

    /** @param encoding how the UID enters SAKKE */
    public PartnerDirectory(ClientKeyStore store, IdentityEncoding encoding) {
        this.store = store;
        this.encoding = encoding;
    }

    /**
     * Encapsulated data and what it was made with.
     *
     * @param uid of the receiver in the key period of the message
     * @param certificate of the receiver's KMS; its KmsUri is IDRkmsr of the I_MESSAGE
     */
    public record Encapsulated(EncapsulatedData data, UserIdentifier uid, KmsCertificate certificate) {}

    /**
     * The certificate to use for users of a KMS; of several valid ones that which is valid from latest, as a KMS that
     * changes its root certificate has two.
     *
     * @throws PartnerRefusedException if there is none
     */
    public KmsCertificate certificateOf(String kmsUri, Instant time) {
        return certificatesOf(kmsUri, time).get(0);
    }

    /**
     * The certificates that a message of a user of a KMS may have been signed under, which names the KMS and not the
     * certificate; the one that is valid from latest first.
     *
     * @throws PartnerRefusedException if there is none
     */
    public List<KmsCertificate> certificatesOf(String kmsUri, Instant time) {
        List<KmsCertificate> ofThisKms =
                all().filter(certificate -> certificate.kmsUri().equals(kmsUri)).toList();
        return usable(ofThisKms, "the KMS " + kmsUri, time);
    }

    /**
     * The certificate to use for a user, found by the domain of the user's URI. The home KMS goes before others that claim
     * its domains. A KMS whose certificates cannot be used at that time claims nothing, so that a domain can go over from
     * one KMS to another.
     *
     * @throws PartnerRefusedException if there is none, or two KMSs claim the domain
     */
    public KmsCertificate certificateForUser(String userUri, Instant time) {
        String domain = domainOf(userUri);
        List<KmsCertificate> home = serving(store.rootCertificates().stream(), domain);
        List<KmsCertificate> candidates = home.isEmpty() ? serving(all(), domain) : home;
        List<String> kmss = candidates.stream()
                .filter(certificate -> isUsable(certificate, time))
                .map(KmsCertificate::kmsUri)
                .distinct()
                .toList();
        if (kmss.size() > 1) {
            throw new PartnerRefusedException(
                    Reason.AMBIGUOUS, "the domain " + domain + " is served by " + String.join(" and ", kmss));
        }
        return usable(candidates, "the domain " + domain, time).get(0);
    }

    /** The UID of a user under a certificate, in the key period of a message. */
    public static UserIdentifier uidOf(String userUri, KmsCertificate certificate, Instant time) {
        return UserIdentifier.format2(
                userUri,
                certificate.kmsUri(),
                certificate.schedule(),
                certificate.schedule().at(time));
    }

    /**
     * Encapsulates a secret to one user of a KMS (RFC 6508 clause 6.2.1).
     *
     * @param ssv not kept, the caller closes it
     * @param time of the message, as in its T payload
     * @throws PartnerRefusedException if there is no usable certificate of the KMS
     */
    public Encapsulated encapsulate(SharedSecretValue ssv, String userUri, String kmsUri, Instant time) {
        return encapsulate(ssv, userUri, certificateOf(kmsUri, time), time);
    }

    /**
     * Encapsulates a secret to one user, whose KMS is found by the domain of the URI.
     *
     * @param ssv not kept, the caller closes it
     * @throws PartnerRefusedException if there is no usable certificate, or two KMSs claim the domain
     */
    public Encapsulated encapsulate(SharedSecretValue ssv, String userUri, Instant time) {
        return encapsulate(ssv, userUri, certificateForUser(userUri, time), time);
    }

    private Encapsulated encapsulate(SharedSecretValue ssv, String userUri, KmsCertificate certificate, Instant time) {
        UserIdentifier uid = uidOf(userUri, certificate, time);
        return new Encapsulated(
                Sakke.encapsulate(ssv, encoding.identityOctets(uid), certificate.pubEncKey()), uid, certificate);
    }

    private Stream<KmsCertificate> all() {
        return Stream.concat(store.rootCertificates().stream(), store.partnerCertificates().stream());
    }

    private static List<KmsCertificate> serving(Stream<KmsCertificate> certificates, String domain) {
        return certificates
                .filter(certificate -> certificate.domains().stream()
                        .anyMatch(served -> domainOf(served).equals(domain)))
                .toList();
    }

    /** At least one, the one that is valid from latest first. */
    private static List<KmsCertificate> usable(List<KmsCertificate> candidates, String of, Instant time) {
        if (candidates.isEmpty()) {
            throw new PartnerRefusedException(Reason.UNKNOWN, "no certificate for " + of + " is held");
        }
        List<KmsCertificate> usable = candidates.stream()
                .filter(certificate -> isUsable(certificate, time))
                .sorted(VALID_FROM_LATEST_FIRST)
                .toList();
        if (usable.isEmpty()) {
            throw refused(candidates, of, time);
        }
        return usable;
    }

    private static PartnerRefusedException refused(List<KmsCertificate> candidates, String of, Instant time) {
        if (candidates.stream().allMatch(KmsCertificate::revoked)) {
            return new PartnerRefusedException(Reason.REVOKED, "the certificate for " + of + " is revoked");
        }
        if (candidates.stream().noneMatch(certificate -> !certificate.revoked() && lasts(certificate, time))) {
            return new PartnerRefusedException(Reason.EXPIRED, "the certificate for " + of + " has expired");
        }
        return new PartnerRefusedException(
                Reason.NOT_YET_VALID, "the certificate for " + of + " is not valid yet at " + time);
    }

    private static boolean isUsable(KmsCertificate certificate, Instant time) {
        return !certificate.revoked() && hasBegun(certificate, time) && lasts(certificate, time);
    }

    private static boolean hasBegun(KmsCertificate certificate, Instant time) {
        return certificate.validFrom().filter(time::isBefore).isEmpty();
    }

    private static boolean lasts(KmsCertificate certificate, Instant time) {
        return certificate.validTo().filter(time::isAfter).isEmpty();
    }

    /** What stands between the user part and port, parameters or headers of a SIP URI; a bare domain is itself. */
    private static String domainOf(String uri) {
        String rest = uri.substring(uri.lastIndexOf('@') + 1);
        int scheme = rest.indexOf(':');
        boolean hasScheme = uri.indexOf('@') < 0 && scheme >= 0 && !isPort(rest.substring(scheme + 1));
        String host = (hasScheme ? rest.substring(scheme + 1) : rest).replaceFirst("^//", "");
        return host.split("[:;?/]", 2)[0].toLowerCase(Locale.ROOT);
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
