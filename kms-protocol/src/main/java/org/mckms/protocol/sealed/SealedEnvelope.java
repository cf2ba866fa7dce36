package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
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
 * recipient, no attributes. The cipher is the JDK's; Bouncy Castle only has the ASN.1.
 */
final class SealedEnvelope {
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;

    private SealedEnvelope() {}

    /** ContentInfo with the content sealed, DER. */
    static byte[] seal(byte[] content, Recipient recipient, SecureRandom random) {
        byte[] key = new byte[KEY_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        try {
            random.nextBytes(key);
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(content);
            int size = sealed.length - TAG_OCTETS;
            AuthEnvelopedData enveloped = new AuthEnvelopedData(
                    null,
                    new DERSet(recipient.wrap(key, random)),
                    new EncryptedContentInfo(
                            CMSObjectIdentifiers.data,
                            new AlgorithmIdentifier(
                                    NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, TAG_OCTETS)),
                            new DEROctetString(Arrays.copyOfRange(sealed, 0, size))),
                    null,
                    new DEROctetString(Arrays.copyOfRange(sealed, size, sealed.length)),
                    null);
            return new ContentInfo(CMSObjectIdentifiers.authEnvelopedData, enveloped).getEncoded(ASN1Encoding.DER);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the content cannot be sealed", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The content, which the caller wipes. */
    static byte[] open(byte[] contentInfo, Opener opener) throws GeneralSecurityException, IOException {
        ContentInfo info = ContentInfo.getInstance(contentInfo);
        if (!CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
            throw malformed("the file is not sealed as AuthEnvelopedData");
        }
        AuthEnvelopedData enveloped = AuthEnvelopedData.getInstance(info.getContent());
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
            throw new KmsException(WRONG_RECIPIENT, "the file does not open: wrong passphrase or key, or damaged", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
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
            throw malformed("the file has more than one recipient, or attributes");
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
