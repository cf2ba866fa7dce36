package org.mckms.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetReport.Finding;
import org.mckms.client.KeySetReport.Outcome;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;

/**
 * Checks of a client on a received key set against the root certificate of its KMS (TS 33.180 clause 5.3.3). All checks
 * are always made, so that the report shows everything that is wrong and not only the first. Safe for use by several
 * threads.
 */
public final class ReceivedKeySetCheck {
    private final KmsCertificate root;
    private final IdentityEncoding encoding;

    /**
     * @param root certificate received in KmsInit over a TLS channel that the client trusts
     * @param encoding how the UID enters ECCSI and SAKKE; raw 32 octets unless the deployment has agreed on the other
     */
    public ReceivedKeySetCheck(KmsCertificate root, IdentityEncoding encoding) {
        this.root = root;
        this.encoding = encoding;
    }

    /** Checks one key set against what was asked for; the keys are neither kept nor closed. */
    public KeySetReport check(KmsKeySet keys, KeySetExpectation expected) {
        UserIdentifier uid = UserIdentifier.format2(keys.userUri(), root.kmsUri(), root.schedule(), keys.period());
        Octets identity = encoding.identityOctets(uid);
        List<Finding> findings = new ArrayList<>();
        findings.add(certificateValid(expected.time()));
        findings.add(issuedByThisKms(keys));
        findings.add(forTheUser(keys, expected));
        findings.add(Finding.of(
                KeySetCheck.NOT_REVOKED, !keys.revoked(), keys.revoked() ? "marked as revoked" : "no revocation mark"));
        findings.add(periodPlausible(keys, expected));
        findings.add(userIdRecomputed(keys, uid));
        findings.add(verdict(
                KeySetCheck.SIGNING_KEY_VALID,
                EccsiKeyCheck.isValid(identity, keys.ssk(), keys.pvt(), root.pubAuthKey()),
                "KPAK = [SSK]G - [HS]PVT holds (RFC 6507 clause 5.1.2)",
                "SSK and PVT do not belong to this user and KPAK (RFC 6507 clause 5.1.2)"));
        findings.add(verdict(
                KeySetCheck.DECRYPTION_KEY_VALID,
                SakkeKeyCheck.isValid(identity, keys.rsk(), root.pubEncKey()),
                "the pairing equation holds (RFC 6508 clause 6.1.2)",
                "RSK does not belong to this user and Z_T (RFC 6508 clause 6.1.2)"));
        return new KeySetReport(findings);
    }

    private Finding certificateValid(Instant time) {
        if (root.role() != Role.ROOT) {
            return Finding.of(
                    KeySetCheck.CERTIFICATE_VALID,
                    false,
                    "the certificate of another KMS, not the own root certificate");
        }
        if (root.revoked()) {
            return Finding.of(KeySetCheck.CERTIFICATE_VALID, false, "the root certificate is revoked");
        }
        boolean begun = root.validFrom().map(from -> !time.isBefore(from)).orElse(true);
        boolean lasts = root.validTo().map(to -> !time.isAfter(to)).orElse(true);
        String validity = "valid " + root.validFrom().map(Instant::toString).orElse("from the beginning") + " to "
                + root.validTo().map(Instant::toString).orElse("no end") + ", meant is " + time;
        return Finding.of(KeySetCheck.CERTIFICATE_VALID, begun && lasts, validity);
    }

    private Finding issuedByThisKms(KmsKeySet keys) {
        if (!keys.kmsUri().equals(root.kmsUri())) {
            return Finding.of(
                    KeySetCheck.ISSUED_BY_THIS_KMS, false, "issued by " + keys.kmsUri() + ", not " + root.kmsUri());
        }
        Optional<String> named = keys.certUri();
        if (named.isPresent() && root.certUri().isPresent() && !named.equals(root.certUri())) {
            return Finding.of(
                    KeySetCheck.ISSUED_BY_THIS_KMS,
                    false,
                    "belongs to certificate " + named.get() + ", not "
                            + root.certUri().get());
        }
        return Finding.of(
                KeySetCheck.ISSUED_BY_THIS_KMS,
                true,
                keys.kmsUri() + named.map(uri -> ", certificate " + uri).orElse(""));
    }

    private static Finding forTheUser(KmsKeySet keys, KeySetExpectation expected) {
        if (expected.users().isEmpty()) {
            return new Finding(
                    KeySetCheck.FOR_THE_USER, Outcome.NOT_COMPARED, keys.userUri() + "; it is not known who is meant");
        }
        return verdict(
                KeySetCheck.FOR_THE_USER,
                expected.users().contains(keys.userUri()),
                keys.userUri(),
                "is for " + keys.userUri() + ", asked for " + String.join(", ", expected.users()));
    }

    private Finding periodPlausible(KmsKeySet keys, KeySetExpectation expected) {
        KeyPeriod period = keys.period();
        if (!expected.takes(period)) {
            return Finding.of(
                    KeySetCheck.PERIOD_PLAUSIBLE,
                    false,
                    "period " + period.number() + ", expected " + expected.periods());
        }
        KeyPeriodSchedule schedule = root.schedule();
        boolean datesFit = keys.validFrom()
                        .map(from -> schedule.contains(period, from))
                        .orElse(true)
                && keys.validTo().map(to -> schedule.contains(period, to)).orElse(true);
        return verdict(
                KeySetCheck.PERIOD_PLAUSIBLE,
                datesFit,
                "period " + period.number() + ", " + schedule.start(period) + " to " + schedule.lastSecond(period),
                "ValidFrom or ValidTo lies outside of period " + period.number());
    }

    private static Finding userIdRecomputed(KmsKeySet keys, UserIdentifier uid) {
        String recomputed = uid.octets().toHex();
        return verdict(
                KeySetCheck.USER_ID_RECOMPUTED,
                keys.userId().equals(uid),
                recomputed,
                "received " + keys.userId().octets().toHex() + ", recomputed " + recomputed);
    }

    private static Finding verdict(KeySetCheck check, boolean passed, String whenPassed, String whenFailed) {
        return Finding.of(check, passed, passed ? whenPassed : whenFailed);
    }
}
