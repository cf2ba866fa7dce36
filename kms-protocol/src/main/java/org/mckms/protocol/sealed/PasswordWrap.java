package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3211WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.mckms.protocol.error.KmsException;

/** PasswordRecipientInfo (RFC 5652 clause 6.2.4): PBKDF2 with HMAC-SHA-256, and id-alg-PWRI-KEK over AES-256-CBC (RFC 3211). */
final class PasswordWrap {
    private static final AlgorithmIdentifier HMAC_SHA256 =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    private static final int IV_OCTETS = 16;
    private static final int KEY_OCTETS = 32;
    private static final int MIN_SALT_OCTETS = 16;
    private static final int MAX_SALT_OCTETS = 64;
    private static final int WRAPPED_OCTETS = 48;

    private PasswordWrap() {}

    static PasswordRecipientInfo wrap(byte[] contentKey, byte[] key, byte[] salt, int iterations, SecureRandom random) {
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        RFC3211WrapEngine engine = new RFC3211WrapEngine(AESEngine.newInstance());
        engine.init(true, new ParametersWithRandom(new ParametersWithIV(new KeyParameter(key), iv), random));
        return new PasswordRecipientInfo(
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, iterations, KEY_OCTETS, HMAC_SHA256)),
                new AlgorithmIdentifier(
                        PKCSObjectIdentifiers.id_alg_PWRI_KEK,
                        new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv))),
                new DEROctetString(engine.wrap(contentKey, 0, contentKey.length)));
    }

    /** The parameters of the derivation, if they are in the range that is accepted. */
    static PBKDF2Params parameters(PasswordRecipientInfo recipient) {
        AlgorithmIdentifier derivation = recipient.getKeyDerivationAlgorithm();
        if (derivation == null || !PKCSObjectIdentifiers.id_PBKDF2.equals(derivation.getAlgorithm())) {
            throw malformed("the key of the passphrase is not derived with PBKDF2");
        }
        PBKDF2Params parameters = PBKDF2Params.getInstance(derivation.getParameters());
        BigInteger iterations = parameters.getIterationCount();
        if (iterations.compareTo(BigInteger.valueOf(Passphrases.MIN_ITERATIONS)) < 0
                || iterations.compareTo(BigInteger.valueOf(Passphrases.MAX_ITERATIONS)) > 0) {
            throw malformed("the passphrase is not iterated 600,000 to 10,000,000 times");
        }
        int salt = parameters.getSalt().length;
        if (!PKCSObjectIdentifiers.id_hmacWithSHA256.equals(parameters.getPrf().getAlgorithm())
                || salt < MIN_SALT_OCTETS
                || salt > MAX_SALT_OCTETS
                || parameters.getKeyLength() != null
                        && !parameters.getKeyLength().equals(BigInteger.valueOf(KEY_OCTETS))) {
            throw malformed("the key of the passphrase is not derived with HMAC-SHA-256 over 16 to 64 octets of salt");
        }
        return parameters;
    }

    /** The content key; only a wrong key of the passphrase, or damage, ends in WRONG_RECIPIENT. */
    static byte[] unwrap(PasswordRecipientInfo recipient, byte[] key) {
        AlgorithmIdentifier encryption = recipient.getKeyEncryptionAlgorithm();
        if (!PKCSObjectIdentifiers.id_alg_PWRI_KEK.equals(encryption.getAlgorithm())) {
            throw malformed("the content key is not wrapped with PWRI-KEK");
        }
        AlgorithmIdentifier cipher = AlgorithmIdentifier.getInstance(encryption.getParameters());
        if (!NISTObjectIdentifiers.id_aes256_CBC.equals(cipher.getAlgorithm())) {
            throw malformed("the content key is not wrapped with AES-256");
        }
        byte[] iv = ASN1OctetString.getInstance(cipher.getParameters()).getOctets();
        byte[] wrapped = recipient.getEncryptedKey().getOctets();
        if (iv.length != IV_OCTETS || wrapped.length != WRAPPED_OCTETS) {
            throw malformed("the wrapped content key does not have the size of one");
        }
        try {
            RFC3211WrapEngine engine = new RFC3211WrapEngine(AESEngine.newInstance());
            engine.init(false, new ParametersWithIV(new KeyParameter(key), iv));
            return engine.unwrap(wrapped, 0, wrapped.length);
        } catch (InvalidCipherTextException e) {
            throw new KmsException(WRONG_RECIPIENT, "the passphrase does not open the file", e);
        }
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
