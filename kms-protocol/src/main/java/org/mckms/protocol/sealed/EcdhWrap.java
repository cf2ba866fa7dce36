package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.OriginatorIdentifierOrKey;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.mckms.protocol.error.KmsException;

/**
 * KeyAgreeRecipientInfo with an ephemeral key of the sender: ECDH, the KDF of X9.63 with SHA-256, AES-256 key wrap (RFC 5753
 * clause 3.1, dhSinglePass-stdDH-sha256kdf-scheme).
 */
final class EcdhWrap {
    private static final AlgorithmIdentifier AES_WRAP = new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap);
    private static final int KEY_BITS = 256;
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private EcdhWrap() {}

    static KeyAgreeRecipientInfo wrap(byte[] contentKey, X509Certificate recipient, SecureRandom random) {
        ECPublicKey theirs = (ECPublicKey) recipient.getPublicKey();
        byte[] key = new byte[0];
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(theirs.getParams(), random);
            KeyPair ephemeral = generator.generateKeyPair();
            key = agree(ephemeral.getPrivate(), theirs, AES_WRAP);
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(key, "AES"));
            return new KeyAgreeRecipientInfo(
                    new OriginatorIdentifierOrKey(originator(ephemeral.getPublic())),
                    null,
                    new AlgorithmIdentifier(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, AES_WRAP),
                    new DERSequence(new RecipientEncryptedKey(
                            new KeyAgreeRecipientIdentifier(CertificateNames.issuerAndSerial(recipient)),
                            new DEROctetString(cipher.wrap(new SecretKeySpec(contentKey, "AES"))))));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the content key cannot be wrapped by ECDH", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    static byte[] unwrap(KeyAgreeRecipientInfo recipient, PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        if (recipient.getRecipientEncryptedKeys().size() != 1 || recipient.getUserKeyingMaterial() != null) {
            throw malformed("the content key is wrapped for more than one recipient, or with keying material");
        }
        RecipientEncryptedKey wrapped = RecipientEncryptedKey.getInstance(
                recipient.getRecipientEncryptedKeys().getObjectAt(0));
        CertificateNames.requireSame(named(wrapped.getIdentifier()), certificate);
        AlgorithmIdentifier wrap = keyWrap(recipient.getKeyEncryptionAlgorithm());
        if (!(certificate.getPublicKey() instanceof ECPublicKey own)) {
            throw new KmsException(WRONG_RECIPIENT, "the file is sealed for an EC key");
        }
        byte[] agreed = agree(key, ephemeral(recipient.getOriginator(), own), wrap);
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(agreed, "AES"));
            Key contentKey = cipher.unwrap(wrapped.getEncryptedKey().getOctets(), "AES", Cipher.SECRET_KEY);
            return contentKey.getEncoded();
        } finally {
            Arrays.fill(agreed, (byte) 0);
        }
    }

    private static AlgorithmIdentifier keyWrap(AlgorithmIdentifier agreement) {
        if (!SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme.equals(agreement.getAlgorithm())) {
            throw malformed("the keys are not agreed with ECDH and the SHA-256 KDF");
        }
        AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(agreement.getParameters());
        if (!NISTObjectIdentifiers.id_aes256_wrap.equals(wrap.getAlgorithm())) {
            throw malformed("the content key is not wrapped with AES-256");
        }
        return wrap;
    }

    private static ASN1Encodable named(KeyAgreeRecipientIdentifier identifier) {
        return identifier.getIssuerAndSerialNumber() != null
                ? identifier.getIssuerAndSerialNumber()
                : identifier.getRKeyID();
    }

    /** The sender's point, on the recipient's curve: SunEC checks that it lies there before it is used. */
    private static PublicKey ephemeral(OriginatorIdentifierOrKey originator, ECPublicKey own)
            throws GeneralSecurityException, IOException {
        OriginatorPublicKey sent = originator.getOriginatorKey();
        if (sent == null
                || !X9ObjectIdentifiers.id_ecPublicKey.equals(
                        sent.getAlgorithm().getAlgorithm())) {
            throw malformed("the sender's key is not in the file");
        }
        AlgorithmIdentifier curve =
                SubjectPublicKeyInfo.getInstance(own.getEncoded()).getAlgorithm();
        SubjectPublicKeyInfo point =
                new SubjectPublicKeyInfo(curve, sent.getPublicKeyData().getOctets());
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(point.getEncoded()));
    }

    private static OriginatorPublicKey originator(PublicKey ephemeral) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(ephemeral.getEncoded());
        return new OriginatorPublicKey(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey), (DERBitString) key.getPublicKeyData());
    }

    /** X9.63 KDF, one block: SHA-256(Z || 1 || ECC-CMS-SharedInfo). */
    private static byte[] agree(PrivateKey own, PublicKey theirs, AlgorithmIdentifier wrap)
            throws GeneralSecurityException, IOException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(theirs, true);
        byte[] z = agreement.generateSecret();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(z);
            sha256.update(FIRST_BLOCK);
            return sha256.digest(new ECCCMSSharedInfo(
                            wrap,
                            ByteBuffer.allocate(Integer.BYTES).putInt(KEY_BITS).array())
                    .getEncoded(ASN1Encoding.DER));
        } finally {
            Arrays.fill(z, (byte) 0);
        }
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
