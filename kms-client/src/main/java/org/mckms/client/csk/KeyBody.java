package org.mckms.client.csk;

import static org.mckms.protocol.group.ReceptionFault.MALFORMED;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.mckms.client.group.ReceptionException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.ContentType;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.smime.SipBody;

/** The I_MESSAGE in the body of a SIP request (TS 24.379 clauses 7.1 and 7.3): binary, or in base64 if the part says so. */
public final class KeyBody {
    /** The type of the part that carries it. */
    public static final String MEDIA_TYPE = "application/mikey";

    /** What senders in the field do otherwise; off unless said. */
    public enum Deviation {
        /** The message is in base64 though no transfer encoding says so. */
        BASE64_WITHOUT_HEADER
    }

    private KeyBody() {}

    /** A part with a message. */
    static BodyPart of(Octets message) {
        return BodyPart.of(MEDIA_TYPE, message);
    }

    /**
     * Whether a body has a part with a message.
     *
     * @throws KmsException MALFORMED_REQUEST if it cannot be taken apart
     */
    public static boolean isIn(SipBody body) {
        return parts(body).stream().anyMatch(KeyBody::isMessage);
    }

    /**
     * The one message in a body.
     *
     * @throws ReceptionException MALFORMED if there is none, or more than one, or the body cannot be taken apart
     */
    static Octets message(SipBody body, Set<Deviation> deviations) {
        try {
            List<BodyPart> found =
                    parts(body).stream().filter(KeyBody::isMessage).toList();
            if (found.size() != 1) {
                throw new ReceptionException(MALFORMED, "the body has " + found.size() + " key messages, not one");
            }
            Octets message = found.get(0).decoded();
            return deviations.contains(Deviation.BASE64_WITHOUT_HEADER) ? decoded(message) : message;
        } catch (KmsException e) {
            throw new ReceptionException(MALFORMED, "the body cannot be taken apart: " + e.getMessage(), e);
        }
    }

    private static List<BodyPart> parts(SipBody body) {
        return MultipartBody.isMultipart(body)
                ? MultipartBody.parse(body).parts()
                : List.of(BodyPart.of(body.contentType(), body.octets()));
    }

    private static boolean isMessage(BodyPart part) {
        return ContentType.parse(part.contentType()).mediaType().equals(MEDIA_TYPE);
    }

    /** No message begins with octets that are base64. */
    private static Octets decoded(Octets message) {
        try {
            String text = new String(message.toByteArray(), StandardCharsets.ISO_8859_1);
            return Octets.copyOf(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            return message;
        }
    }
}
