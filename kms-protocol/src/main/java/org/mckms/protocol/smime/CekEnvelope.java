package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.KEKIdentifier;
import org.bouncycastle.asn1.cms.KEKRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.AuthEnvelope;
import org.mckms.protocol.cms.DerShape;
import org.mckms.protocol.error.KmsException;

/**
 * CMS AuthEnvelopedData with one KEKRecipientInfo (RFC 5652 clause 6.2.3): the Key ID of the CEK is its keyIdentifier, the
 * content key of this one message is wrapped under the CEK by AES key wrap (RFC 3394). Two ends that share one key so never
 * use a nonce twice.
 */
public final class CekEnvelope {
    /** The largest envelope that is read. */
    public static final int MAX_OCTETS = 1024 * 1024;

    private static final String WRAP = "AES/KW/NoPadding";
    private static final String PROVIDER = "SunJCE";
    private static final int WRAPPED_OCTETS = 40;
    private static final int KEK_VERSION = 4;

    private CekEnvelope() {}

    /**
     * Encrypts and authenticates content of any length.
     *
     * @return ContentInfo, DER
     */
    public static byte[] seal(byte[] content, ContentEncryptionKey cek, SecureRandom random) {
        return AuthEnvelope.seal(content, key -> recipient(cek, key), random);
    }

    /**
     * Opens an envelope with the key that it names.
     *
     * @param der ContentInfo, at most {@link #MAX_OCTETS}
     * @param keys finds a CEK by its Key ID; the key stays its owner's
     * @return the content, which the caller wipes if it is a secret
     * @throws KmsException NOT_FOUND if there is no key of that Key ID, WRONG_RECIPIENT if the key does not open the envelope
     *     or anything in it was changed, BODY_TOO_LARGE or MALFORMED_REQUEST if it is no such envelope
     */
    public static byte[] open(byte[] der, Function<Octets, Optional<ContentEncryptionKey>> keys) {
        DerShape.check(der, MAX_OCTETS);
        return AsnFaults.asMalformed(
                () -> AuthEnvelope.open(der, recipient -> contentKey(recipient, keys), CekEnvelope::doesNotOpen));
    }

    /**
     * The Key ID that an envelope names; nothing is verified.
     *
     * @throws KmsException BODY_TOO_LARGE or MALFORMED_REQUEST if it is no such envelope
     */
    public static Octets keyIdOf(byte[] der) {
        DerShape.check(der, MAX_OCTETS);
        return AsnFaults.asMalformed(() -> {
            ContentInfo info = ContentInfo.getInstance(der);
            if (!CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
                throw malformed("the body is not sealed as AuthEnvelopedData");
            }
            AuthEnvelopedData enveloped = AuthEnvelopedData.getInstance(info.getContent());
            return keyId(
                    kek(RecipientInfo.getInstance(enveloped.getRecipientInfos().getObjectAt(0))));
        });
    }

    private static RecipientInfo recipient(ContentEncryptionKey cek, byte[] contentKey) {
        byte[] wrapped = cek.key().use(key -> {
            try {
                return cipher(Cipher.ENCRYPT_MODE, key).doFinal(contentKey);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the content key cannot be wrapped", e);
            }
        });
        return new RecipientInfo(new KEKRecipientInfo(
                new KEKIdentifier(cek.keyId().toByteArray(), null, null),
                new AlgorithmIdentifier(NISTObjectIdentifiers.id_aes256_wrap),
                new DEROctetString(wrapped)));
    }

    private static byte[] contentKey(RecipientInfo recipient, Function<Octets, Optional<ContentEncryptionKey>> keys) {
        KEKRecipientInfo kek = kek(recipient);
        byte[] wrapped = kek.getEncryptedKey().getOctets();
        if (!NISTObjectIdentifiers.id_aes256_wrap.equals(
                        kek.getKeyEncryptionAlgorithm().getAlgorithm())
                || wrapped.length != WRAPPED_OCTETS) {
            throw malformed("the content key is not wrapped by AES-256 key wrap");
        }
        Octets keyId = keyId(kek);
        ContentEncryptionKey cek = keys.apply(keyId)
                .orElseThrow(() -> new KmsException(NOT_FOUND, "no key of the Key ID " + keyId.toHex() + " is held"));
        return cek.key().use(key -> {
            try {
                return cipher(Cipher.DECRYPT_MODE, key).doFinal(wrapped);
            } catch (InvalidKeyException e) {
                throw new IllegalStateException("a CEK of 32 octets is no AES key", e);
            } catch (GeneralSecurityException e) {
                throw doesNotOpen();
            }
        });
    }

    private static KEKRecipientInfo kek(RecipientInfo recipient) {
        if (recipient.getInfo() instanceof KEKRecipientInfo kek
                && kek.getVersion().hasValue(KEK_VERSION)) {
            return kek;
        }
        throw malformed("the body is not meant for a holder of a CEK");
    }

    private static Octets keyId(KEKRecipientInfo kek) {
        byte[] keyId = kek.getKekid().getKeyIdentifier().getOctets();
        if (keyId.length != ContentEncryptionKey.KEY_ID_OCTETS) {
            throw malformed("a Key ID has " + ContentEncryptionKey.KEY_ID_OCTETS + " octets, not " + keyId.length);
        }
        return Octets.copyOf(keyId);
    }

    private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(WRAP, PROVIDER);
        cipher.init(mode, new SecretKeySpec(key, "AES"));
        return cipher;
    }

    private static KmsException doesNotOpen() {
        return new KmsException(WRONG_RECIPIENT, "the body does not open: it was changed, or sealed with another key");
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
