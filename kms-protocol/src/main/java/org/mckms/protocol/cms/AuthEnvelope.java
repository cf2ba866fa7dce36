package org.mckms.protocol.cms;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.Arrays;
import org.mckms.protocol.error.KmsException;

/**
 * CMS AuthEnvelopedData (RFC 5083, RFC 5084): AES-256-GCM with 12 octets of nonce and 16 of tag, a fresh content key, one
 * recipient, no attributes. How the content key gets to the recipient is its user's choice. The cipher is the JDK's; Bouncy
 * Castle only has the ASN.1.
 */
public final class AuthEnvelope {
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;

    private AuthEnvelope() {}

    /** Wraps the content key for a recipient. */
    public interface Wrap {
        /** @param contentKey 32 octets, neither changed nor kept */
        RecipientInfo wrap(byte[] contentKey);
    }

    /** Takes the content key out of what is meant for a recipient. */
    public interface Unwrap {
        /** @return a fresh array, wiped by the caller */
        byte[] unwrap(RecipientInfo recipient) throws GeneralSecurityException, IOException;
    }

    /** ContentInfo with the content sealed, DER. */
    public static byte[] seal(byte[] content, Wrap recipient, SecureRandom random) {
        byte[] key = new byte[KEY_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        try {
            random.nextBytes(key);
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(content);
            int size = sealed.length - TAG_OCTETS;
            AuthEnvelopedData enveloped = new AuthEnvelopedData(
                    null,
                    new DERSet(recipient.wrap(key)),
                    new EncryptedContentInfo(
                            CMSObjectIdentifiers.data,
                            new AlgorithmIdentifier(
                                    NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, TAG_OCTETS)),
                            new DEROctetString(Arrays.copyOfRange(sealed, 0, size))),
                    null,
                    new DEROctetString(Arrays.copyOfRange(sealed, size, sealed.length)),
                    null);
            return encoded(enveloped);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the content cannot be sealed", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Opens what has the shape of DER already, see {@link DerShape}.
     *
     * @param refusal thrown if the content key is not the right one, or anything was changed
     * @return the content, which the caller wipes
     * @throws KmsException MALFORMED_REQUEST if it is no such envelope
     */
    public static byte[] open(byte[] contentInfo, Unwrap opener, Supplier<KmsException> refusal)
            throws GeneralSecurityException, IOException {
        ContentInfo info = ContentInfo.getInstance(contentInfo);
        if (!CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
            throw malformed("it is not sealed as AuthEnvelopedData");
        }
        AuthEnvelopedData enveloped = AuthEnvelopedData.getInstance(info.getContent());
        if (!Arrays.areEqual(encoded(enveloped), contentInfo)) {
            throw malformed("the envelope is not written as RFC 5083 and DER want it");
        }
        EncryptedContentInfo encrypted = enveloped.getAuthEncryptedContentInfo();
        GCMParameters gcm = parameters(enveloped, encrypted);
        byte[] sealed = Arrays.concatenate(
                encrypted.getEncryptedContent().getOctets(), enveloped.getMac().getOctets());
        byte[] key = opener.unwrap(
                RecipientInfo.getInstance(enveloped.getRecipientInfos().getObjectAt(0)));
        try {
            if (key.length != KEY_OCTETS) {
                throw malformed("the content key does not have 256 bits");
            }
            return cipher(Cipher.DECRYPT_MODE, key, gcm.getNonce()).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw refusal.get();
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] encoded(AuthEnvelopedData enveloped) throws IOException {
        return new ContentInfo(CMSObjectIdentifiers.authEnvelopedData, enveloped).getEncoded(ASN1Encoding.DER);
    }

    private static GCMParameters parameters(AuthEnvelopedData enveloped, EncryptedContentInfo encrypted) {
        AlgorithmIdentifier algorithm = encrypted.getContentEncryptionAlgorithm();
        if (!NISTObjectIdentifiers.id_aes256_GCM.equals(algorithm.getAlgorithm())
                || !CMSObjectIdentifiers.data.equals(encrypted.getContentType())) {
            throw malformed("the content is not sealed with AES-256-GCM");
        }
        GCMParameters gcm = GCMParameters.getInstance(algorithm.getParameters());
        if (gcm.getNonce().length != NONCE_OCTETS
                || gcm.getIcvLen() != TAG_OCTETS
                || enveloped.getMac().getOctets().length != TAG_OCTETS) {
            throw malformed("nonce or tag of AES-256-GCM do not have 12 and 16 octets");
        }
        if (enveloped.getRecipientInfos().size() != 1
                || enveloped.getAuthAttrs() != null
                || enveloped.getUnauthAttrs() != null
                || enveloped.getOriginatorInfo() != null) {
            throw malformed("it has more than one recipient, or attributes");
        }
        return gcm;
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, nonce));
        return cipher;
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
