package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiSigner;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.error.KmsException;

/**
 * A body that its sender has signed with its ECCSI key (RFC 6507), as {@code multipart/signed} (RFC 1847) of a protocol of our
 * own: the entity, and a part with the claims and the signature. It is signed before it is sealed. What is signed is a
 * label, the claims and the entity octet for octet; no I_MESSAGE begins with that label, so neither passes for the other.
 *
 * <p>What was parsed is not verified: {@link #verified} gives out the body.
 */
public final class SignedSipBody {
    /** Type of the part with the signature, and protocol of the body. */
    public static final String PROTOCOL = "application/vnd.mckms.eccsi";

    private static final String MEDIA_TYPE = "multipart/signed";
    private static final String MICALG = "sha-256";
    private static final Octets LABEL = Octets.ofAscii("MCKMS signed SIP body 1\0");
    private static final int VERSION = 1;
    private static final int TIME_OCTETS = 8;
    private static final int MAX_URI_OCTETS = 2048;

    private final Claims claims;
    private final Octets entity;
    private final Octets signed;
    private final EccsiSignature signature;

    private SignedSipBody(Claims claims, Octets entity, Octets signed, EccsiSignature signature) {
        this.claims = claims;
        this.entity = entity;
        this.signed = signed;
        this.signature = signature;
    }

    /**
     * What a signer says of a body.
     *
     * @param signerUri exactly as its KMS has it
     * @param signerKmsUri URI of its KMS
     * @param receiverUri for whom the body is
     * @param time decides the key period of the signer's UID
     */
    public record Claims(String signerUri, String signerKmsUri, String receiverUri, Instant time) {
        /** @throws KmsException MALFORMED_REQUEST if a URI is empty or longer than 2048 octets */
        public Claims {
            for (String uri : List.of(signerUri, signerKmsUri, receiverUri)) {
                if (uri.isEmpty() || uri.getBytes(StandardCharsets.UTF_8).length > MAX_URI_OCTETS) {
                    throw malformed("a URI beside a signature is empty or too long");
                }
            }
        }
    }

    /**
     * Signs a body.
     *
     * @param signer of the signer and the key period of the claims
     */
    public static SipBody sign(SipBody body, Claims claims, EccsiSigner signer) {
        Octets entity =
                Octets.copyOf(BodyPart.of(body.contentType(), body.octets()).octets());
        Octets encoded = encode(claims);
        EccsiSignature signature = signer.sign(LABEL.concat(encoded, entity).toByteArray());
        Octets part = Octets.copyOf(
                BodyPart.of(PROTOCOL, encoded.concat(signature.octets())).octets());
        return new MultipartBody(MEDIA_TYPE, List.of(entity, part))
                .toBody(";protocol=\"" + PROTOCOL + "\";micalg=" + MICALG);
    }

    /** Whether a body says that it is signed so. */
    public static boolean isSigned(SipBody body) {
        ContentType type = ContentType.parse(body.contentType());
        return type.mediaType().equals(MEDIA_TYPE)
                && type.parameter("protocol").filter(PROTOCOL::equalsIgnoreCase).isPresent();
    }

    /**
     * Takes a signed body apart; nothing is verified.
     *
     * @throws KmsException MALFORMED_REQUEST if it is none; BODY_TOO_LARGE above 1 MiB
     */
    public static SignedSipBody parse(SipBody body) {
        if (!isSigned(body)) {
            throw malformed("the body is not signed with ECCSI");
        }
        MultipartBody parts = MultipartBody.parse(body);
        if (parts.entities().size() != 2) {
            throw malformed(
                    "a signed body has two parts, not " + parts.entities().size());
        }
        BodyPart last = parts.parts().get(1);
        if (!ContentType.parse(last.contentType()).mediaType().equals(PROTOCOL) || !last.isPlain()) {
            throw malformed("the second part of a signed body is not the signature");
        }
        Octets content = last.content();
        int end = content.size() - EccsiSignature.OCTETS;
        if (end < 0) {
            throw malformed("the signature of a body is cut");
        }
        Octets encoded = content.slice(0, end);
        Octets entity = parts.entities().get(0);
        return new SignedSipBody(
                new Reader(encoded).claims(),
                entity,
                LABEL.concat(encoded, entity),
                new EccsiSignature(content.slice(end, content.size())));
    }

    /** Who claims to have signed, for whom and when. */
    public Claims claims() {
        return claims;
    }

    /** The PVT that the signature names, by which lost devices are denied. */
    public Octets pvt() {
        return signature.pvt();
    }

    /** Whether the signature is that of the signer claimed. */
    public boolean verifies(EccsiVerifier verifier, Octets identityOctets) {
        return verifier.verify(identityOctets, signed.toByteArray(), signature);
    }

    /**
     * The body that was signed.
     *
     * @param verifier of the signer's KMS
     * @param identityOctets of the signer for the period of the time claimed, by custom the 32 octets of its UID
     * @throws KmsException SIGNATURE_REQUIRED if the signature is not that of the signer claimed; MALFORMED_REQUEST if the entity
     *     has no Content-Type, or a transfer encoding that SIP does not use
     */
    public SipBody verified(EccsiVerifier verifier, Octets identityOctets) {
        if (!verifies(verifier, identityOctets)) {
            throw new KmsException(
                    SIGNATURE_REQUIRED, "the signature of the body is not that of " + claims.signerUri());
        }
        return SmimeBody.parse(entity.toByteArray());
    }

    /** Version, time as NTP, then the three URIs, each after its length in two octets. */
    private static Octets encode(Claims claims) {
        List<Octets> fields = new ArrayList<>();
        fields.add(Octets.fromHex(NtpTimestamp.of(claims.time()).toHex()));
        for (String uri : List.of(claims.signerUri(), claims.signerKmsUri(), claims.receiverUri())) {
            Octets octets = Octets.ofUtf8(uri);
            fields.add(Octets.copyOf(new byte[] {(byte) (octets.size() >>> Byte.SIZE), (byte) octets.size()}));
            fields.add(octets);
        }
        return Octets.copyOf(new byte[] {VERSION}).concat(fields.toArray(Octets[]::new));
    }

    /** Reads what {@link #encode} wrote. */
    private static final class Reader {
        private final Octets octets;
        private int at;

        Reader(Octets octets) {
            this.octets = octets;
        }

        Claims claims() {
            if (take(1).at(0) != VERSION) {
                throw malformed("the signature of a body has another version than " + VERSION);
            }
            Instant time = NtpTimestamp.parse(take(TIME_OCTETS).toHex()).toInstant();
            Claims claims = new Claims(uri(), uri(), uri(), time);
            if (at != octets.size()) {
                throw malformed("the signature of a body has more claims than are known");
            }
            return claims;
        }

        private String uri() {
            Octets length = take(Short.BYTES);
            Octets uri = take((length.at(0) & 0xFF) << Byte.SIZE | length.at(1) & 0xFF);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(uri.toByteArray()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new KmsException(MALFORMED_REQUEST, "a URI beside a signature is not UTF-8", e);
            }
        }

        private Octets take(int count) {
            if (count > octets.size() - at) {
                throw malformed("the signature of a body is cut");
            }
            at += count;
            return octets.slice(at - count, at);
        }
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
