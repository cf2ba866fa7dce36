package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.REGISTRATION_EXPIRED;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.AuthEnvelope;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.cms.CertificateFingerprint;
import org.mckms.protocol.cms.DerShape;
import org.mckms.protocol.cms.PemArmour;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.error.KmsException;

/**
 * Seals and opens registration files: AuthEnvelopedData for one recipient inside SignedData of the KMS, in PEM armour. The
 * signature is verified before anything is opened, the certificate of the signer is also sealed in.
 */
public final class RegistrationFiles {
    /** The largest file read or written, armour included. */
    public static final int MAX_OCTETS = 64 * 1024;

    private static final PemArmour ARMOUR = new PemArmour("MCKMS REGISTRATION");
    private static final ASN1ObjectIdentifier CONTENT_INFO =
            PKCSObjectIdentifiers.id_ct.branch("6").intern();

    private RegistrationFiles() {}

    /**
     * Makes a file. Nothing is closed.
     *
     * @throws IllegalArgumentException if the file would be larger than {@link #MAX_OCTETS}
     */
    public static byte[] seal(RegistrationFile file, Recipient recipient, BundleSigner signer, SecureRandom random) {
        byte[] content = RegistrationContent.encode(file, CertificateFingerprint.of(signer.certificate()));
        try {
            byte[] sealed = AuthEnvelope.seal(content, key -> recipient.wrap(key, random), random);
            byte[] armoured = ARMOUR.wrap(SignedContent.sign(CONTENT_INFO, sealed, signer));
            if (armoured.length > MAX_OCTETS) {
                throw new IllegalArgumentException(
                        "the registration file would be larger than " + MAX_OCTETS + " octets");
            }
            return armoured;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /**
     * Opens a file; the caller closes what comes out, and keeps {@link #signerOf} as the certificate to pin for bundles.
     *
     * @param pinned the certificate of the KMS, where it came another way; empty: whoever sealed the file also signed it.
     *     That says something where it takes a passphrase to seal, and nothing where the recipient's certificate is enough:
     *     with a private key it is required
     * @throws KmsException WRONG_RECIPIENT if the opener does not fit; SIGNATURE_REQUIRED if the signature does not hold, is
     *     somebody else's or could be anybody's; REGISTRATION_EXPIRED after its end; BODY_TOO_LARGE, MALFORMED_REQUEST if it
     *     is no such file
     */
    public static RegistrationFile open(byte[] armoured, Opener opener, Optional<X509Certificate> pinned, Instant now) {
        if (pinned.isEmpty() && opener instanceof PrivateKeyOpener) {
            throw new KmsException(
                    SIGNATURE_REQUIRED,
                    "anybody can seal a file for a certificate: name the certificate of the KMS that must have signed it");
        }
        SignedContent signed = verified(armoured, pinned);
        byte[] sealed = signed.content().toByteArray();
        DerShape.check(sealed, MAX_OCTETS);
        byte[] content = AsnFaults.asMalformed(
                () -> AuthEnvelope.open(sealed, opener::unwrap, RegistrationFiles::wrongRecipient));
        RegistrationFile file;
        try {
            file = AsnFaults.asMalformed(
                    () -> RegistrationContent.decode(content, CertificateFingerprint.of(signed.signer())));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
        if (now.isAfter(file.notAfter())) {
            file.close();
            throw new KmsException(
                    REGISTRATION_EXPIRED,
                    "the registration could be used until " + file.notAfter() + "; ask for a new one");
        }
        return file;
    }

    /** The certificate whose key signed the file; the signature holds, but nobody has vouched for the certificate. */
    public static X509Certificate signerOf(byte[] armoured) {
        return verified(armoured, Optional.empty()).signer();
    }

    static KmsException wrongRecipient() {
        return new KmsException(WRONG_RECIPIENT, "the file does not open: wrong passphrase or key, or damaged");
    }

    private static SignedContent verified(byte[] armoured, Optional<X509Certificate> pinned) {
        return SignedContent.open(ARMOUR.unwrap(armoured, MAX_OCTETS), CONTENT_INFO, MAX_OCTETS, pinned);
    }
}
