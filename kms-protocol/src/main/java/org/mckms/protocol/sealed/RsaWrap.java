package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.mckms.protocol.error.KmsException;

/** KeyTransRecipientInfo with RSAES-OAEP, SHA-256 and MGF1 with SHA-256, no label (RFC 3560). */
final class RsaWrap {
    private static final AlgorithmIdentifier SHA256 =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private RsaWrap() {}

    static KeyTransRecipientInfo wrap(byte[] contentKey, X509Certificate recipient, SecureRandom random) {
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(
                        SHA256,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA256),
                        RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, recipient.getPublicKey(), OAEP, random);
            return new KeyTransRecipientInfo(
                    new RecipientIdentifier(CertificateNames.issuerAndSerial(recipient)),
                    algorithm,
                    new DEROctetString(cipher.doFinal(contentKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the content key cannot be encrypted with RSA", e);
        }
    }

    static byte[] unwrap(KeyTransRecipientInfo recipient, PrivateKey key, X509Certificate certificate)
            throws GeneralSecurityException {
        CertificateNames.requireSame(recipient.getRecipientIdentifier().getId(), certificate);
        requireOaep(recipient.getKeyEncryptionAlgorithm());
        if (!"RSA".equals(key.getAlgorithm())) {
            throw new KmsException(WRONG_RECIPIENT, "the file is sealed for an RSA key");
        }
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, OAEP);
        return cipher.doFinal(recipient.getEncryptedKey().getOctets());
    }

    private static void requireOaep(AlgorithmIdentifier algorithm) {
        if (!PKCSObjectIdentifiers.id_RSAES_OAEP.equals(algorithm.getAlgorithm())) {
            throw malformed();
        }
        RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
        AlgorithmIdentifier mask = parameters.getMaskGenAlgorithm();
        if (!isSha256(parameters.getHashAlgorithm())
                || !PKCSObjectIdentifiers.id_mgf1.equals(mask.getAlgorithm())
                || !isSha256(AlgorithmIdentifier.getInstance(mask.getParameters()))
                || !RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM.equals(parameters.getPSourceAlgorithm())) {
            throw malformed();
        }
    }

    private static boolean isSha256(AlgorithmIdentifier algorithm) {
        return NISTObjectIdentifiers.id_sha256.equals(algorithm.getAlgorithm());
    }

    private static KmsException malformed() {
        return new KmsException(MALFORMED_REQUEST, "the content key is not encrypted with RSAES-OAEP over SHA-256");
    }
}
