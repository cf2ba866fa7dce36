package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * S/MIME of SIP bodies under a CEK (RFC 8551 clause 3.4, RFC 3261 clause 23): the body and its Content-Type become one MIME
 * entity, which is sealed; the outer body is {@code application/pkcs7-mime} in binary, as SIP carries it. A multipart body is
 * sealed as a whole, boundaries included.
 */
public final class SmimeBody {
    /** Content-Type of a sealed body. */
    public static final String CONTENT_TYPE =
            "application/pkcs7-mime; smime-type=authEnveloped-data; name=\"smime.p7m\"";

    private static final String MEDIA_TYPE = "application/pkcs7-mime";

    private SmimeBody() {}

    /** Seals a body. */
    public static SipBody seal(SipBody body, ContentEncryptionKey cek, SecureRandom random) {
        byte[] entity = BodyPart.of(body.contentType(), body.octets()).octets();
        try {
            return new SipBody(CONTENT_TYPE, Octets.copyOf(CekEnvelope.seal(entity, cek, random)));
        } finally {
            Arrays.fill(entity, (byte) 0);
        }
    }

    /**
     * Opens a sealed body.
     *
     * @param keys finds a CEK by its Key ID; the key stays its owner's
     * @return the body as it was before it was sealed
     * @throws KmsException UNSUPPORTED_MEDIA_TYPE if it is no sealed body; MALFORMED_REQUEST if there is no MIME entity with a
     *     Content-Type in it, or one with a transfer encoding that changes octets; otherwise as {@link CekEnvelope#open}
     */
    public static SipBody open(SipBody sealed, Function<Octets, Optional<ContentEncryptionKey>> keys) {
        if (!isSealed(sealed)) {
            throw new KmsException(UNSUPPORTED_MEDIA_TYPE, "the body is not " + MEDIA_TYPE);
        }
        byte[] entity = CekEnvelope.open(sealed.octets().toByteArray(), keys);
        try {
            return parse(entity);
        } finally {
            Arrays.fill(entity, (byte) 0);
        }
    }

    /** Whether a body says that it is sealed. */
    public static boolean isSealed(SipBody body) {
        String type = body.contentType();
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /** The body in a MIME entity. */
    static SipBody parse(byte[] entity) {
        BodyPart part = BodyPart.parse(entity);
        if (!part.hasContentType()) {
            throw malformed("the sealed entity has no Content-Type");
        }
        if (!part.isPlain()) {
            throw malformed("the sealed entity has a transfer encoding that SIP does not use");
        }
        return new SipBody(part.contentType(), part.content());
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
