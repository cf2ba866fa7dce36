package org.mckms.protocol.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.element.Checked;

/**
 * The keys of one identity for one key period (KmsKeySet, TS 33.180 clause D.3.3). Owns its private keys: closing it
 * wipes them. Prints without them. Whether the keys are right is for the receiver to check (RFC 6507 clause 5.1.2, RFC
 * 6508 clause 6.1.2), and so is the UID, which is never taken on trust.
 */
public final class KmsKeySet implements AutoCloseable {
    private final Description description;
    private final ReceiverSecretKey rsk;
    private final SecretSigningKey ssk;
    private final PublicValidationToken pvt;

    /**
     * Takes over both private keys, unless it throws; the caller then no longer closes them.
     *
     * @param kmsUri issuing KMS
     * @param certUri the KMS certificate that the keys belong to
     * @param issuer issuing entity
     * @param userUri identity; this very string is hashed into the UID
     * @param userId UID, 32 octets
     * @param validFrom first second of validity
     * @param validTo last second of validity
     * @param period key period number (P5 of annex F.2.1)
     * @param revoked whether the keys are withdrawn
     * @param rsk SAKKE receiver secret key, 257 octets
     * @param ssk ECCSI secret signing key, 32 octets
     * @param pvt ECCSI public validation token, 65 octets
     * @throws InvalidValueException if a text cannot travel in XML or the validity ends before it begins
     */
    public KmsKeySet(
            String kmsUri,
            Optional<String> certUri,
            Optional<String> issuer,
            String userUri,
            UserIdentifier userId,
            Optional<Instant> validFrom,
            Optional<Instant> validTo,
            KeyPeriod period,
            boolean revoked,
            ReceiverSecretKey rsk,
            SecretSigningKey ssk,
            PublicValidationToken pvt) {
        this.description =
                new Description(kmsUri, certUri, issuer, userUri, userId, validFrom, validTo, period, revoked);
        this.rsk = Objects.requireNonNull(rsk, "rsk");
        this.ssk = Objects.requireNonNull(ssk, "ssk");
        this.pvt = Objects.requireNonNull(pvt, "pvt");
    }

    /** Issuing KMS. */
    public String kmsUri() {
        return description.kmsUri();
    }

    /** The KMS certificate that the keys belong to. */
    public Optional<String> certUri() {
        return description.certUri();
    }

    /** Issuing entity. */
    public Optional<String> issuer() {
        return description.issuer();
    }

    /** Identity that the keys are for. */
    public String userUri() {
        return description.userUri();
    }

    /** UID as sent; recompute it before use. */
    public UserIdentifier userId() {
        return description.userId();
    }

    /** First second of validity. */
    public Optional<Instant> validFrom() {
        return description.validFrom();
    }

    /** Last second of validity. */
    public Optional<Instant> validTo() {
        return description.validTo();
    }

    /** Key period. */
    public KeyPeriod period() {
        return description.period();
    }

    /** Whether the keys are withdrawn. */
    public boolean revoked() {
        return description.revoked();
    }

    /** RSK; lives as long as this key set. */
    public ReceiverSecretKey rsk() {
        return rsk;
    }

    /** SSK; lives as long as this key set. */
    public SecretSigningKey ssk() {
        return ssk;
    }

    /** PVT; public. */
    public PublicValidationToken pvt() {
        return pvt;
    }

    @Override
    public void close() {
        rsk.close();
        ssk.close();
    }

    @Override
    public String toString() {
        return "KmsKeySet[" + description + ", private keys hidden]";
    }

    /** Everything but the keys; all of it public. */
    private record Description(
            String kmsUri,
            Optional<String> certUri,
            Optional<String> issuer,
            String userUri,
            UserIdentifier userId,
            Optional<Instant> validFrom,
            Optional<Instant> validTo,
            KeyPeriod period,
            boolean revoked) {
        Description {
            Checked.uri(kmsUri, "KmsUri");
            certUri.ifPresent(uri -> Checked.uri(uri, "CertUri"));
            issuer.ifPresent(text -> Checked.text(text, "Issuer"));
            Checked.uri(userUri, "UserUri");
            Objects.requireNonNull(userId, "userId");
            Checked.validity(validFrom, validTo);
            Objects.requireNonNull(period, "period");
        }
    }
}
