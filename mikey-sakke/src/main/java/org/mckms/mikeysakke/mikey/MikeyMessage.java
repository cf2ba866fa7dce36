package org.mckms.mikeysakke.mikey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyPayload.Identity;
import org.mckms.mikeysakke.mikey.MikeyPayload.Policy;
import org.mckms.mikeysakke.mikey.MikeyPayload.Sakke;
import org.mckms.mikeysakke.mikey.MikeyPayload.Timestamp;
import org.mckms.mikeysakke.sakke.EncapsulatedData;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/**
 * A MIKEY-SAKKE I_MESSAGE (TS 33.180 annex E) that was read or made. It holds public values only. Immutable and thread safe.
 *
 * <p>That it could be read says nothing about who sent it. A receiver looks at the timestamp and at both KMSs, calls {@link #verifies}
 * with the UID of the initiator, then decapsulates {@link #sakke} and calls {@link #open}.
 */
public final class MikeyMessage {
    /** Longest message that is read. */
    public static final int MAX_OCTETS = 0xFFFF;

    private static final int INITIATOR = 0;
    private static final int RESPONDER = 1;
    private static final int INITIATOR_KMS = 2;
    private static final int RESPONDER_KMS = 3;

    private final Octets octets;
    private final MessageParts parts;
    private final MikeyLeniency leniency;
    private final List<Identity> identities;

    private MikeyMessage(Octets octets, MessageParts parts, MikeyLeniency leniency) {
        this.octets = octets;
        this.parts = parts;
        this.leniency = leniency;
        this.identities = parts.all(Identity.class).toList();
    }

    /**
     * Reads a message.
     *
     * @throws MalformedMikeyException if the octets are not a message of which every octet is understood
     */
    public static MikeyMessage parse(byte[] octets, MikeyLeniency leniency) {
        Octets copy = Octets.copyOf(octets);
        return new MikeyMessage(copy, MessageReader.read(copy, leniency, OctetReader.NOBODY), leniency);
    }

    /** Reads as much as can be read, for people who look for a fault. */
    public static MikeyDissection dissect(byte[] octets, MikeyLeniency leniency) {
        Octets copy = Octets.copyOf(octets);
        List<MikeyField> fields = new ArrayList<>();
        try {
            MessageParts parts = MessageReader.read(copy, leniency, fields::add);
            return new MikeyDissection(fields, Optional.of(new MikeyMessage(copy, parts, leniency)), Optional.empty());
        } catch (MalformedMikeyException e) {
            return new MikeyDissection(fields, Optional.empty(), Optional.of(e));
        }
    }

    /**
     * A message that was made.
     *
     * @throws InvalidValueException if it is longer than is read
     */
    static MikeyMessage of(MessageParts parts) {
        Octets octets = parts.encode();
        if (octets.size() > MAX_OCTETS) {
            throw new InvalidValueException("a message has up to " + MAX_OCTETS + " octets, not " + octets.size());
        }
        return new MikeyMessage(octets, parts, MikeyLeniency.STRICT);
    }

    /** The whole message. */
    public Octets octets() {
        return octets;
    }

    /** GUK-ID for a diversified key, else the identifier of the key; not 0. */
    public KeyIdentifier csbId() {
        return parts.header().csbId();
    }

    /** What the key is for by the purpose tag of the CSB-ID, if the tag is known. */
    public Optional<KeyPurpose> purpose() {
        return KeyPurpose.ofTag(csbId().purposeTag());
    }

    /** The crypto sessions, in whichever map. */
    public CsIdMap csIdMap() {
        return parts.header().map();
    }

    /** The entries of a GENERIC-ID map, none for another map. */
    public List<CryptoSession> cryptoSessions() {
        return csIdMap() instanceof CsIdMap.GenericId generic ? generic.sessions() : List.of();
    }

    /** When the message was made; decides the key period of both UIDs. */
    public NtpTimestamp timestamp() {
        return parts.the(Timestamp.class).time();
    }

    /** 16 to 255 octets. */
    public Octets rand() {
        return parts.the(MikeyPayload.Random.class).rand();
    }

    /** Who signed. */
    public MikeyIdentity initiator() {
        return identities.get(INITIATOR).identity();
    }

    /** Who is to open it. */
    public MikeyIdentity responder() {
        return identities.get(RESPONDER).identity();
    }

    /** The KmsUri of the initiator's KMS. */
    public String initiatorKmsUri() {
        return Utf8.text(identities.get(INITIATOR_KMS).data());
    }

    /** The KmsUri of the responder's KMS. */
    public String responderKmsUri() {
        return Utf8.text(identities.get(RESPONDER_KMS).data());
    }

    /** Policies with different numbers; none for the default policy of the key. */
    public List<SecurityPolicy> policies() {
        return parts.all(Policy.class).map(Policy::policy).toList();
    }

    /** The key, encapsulated to the responder. */
    public EncapsulatedData sakke() {
        return parts.the(Sakke.class).data();
    }

    /** The same key, encapsulated to the initiator. */
    public Optional<EncapsulatedData> toSelf() {
        return parts.extension(Extension.SAKKE_TO_SELF).map(Extension::fromSelf);
    }

    /** Data of the general extension with the key parameters, as sent. */
    public Optional<Octets> keyParameters() {
        return parts.extension(Extension.KEY_PARAMETERS);
    }

    /** Not checked yet. */
    public EccsiSignature signature() {
        return parts.signature();
    }

    /**
     * Whether the initiator signed the message: everything before the signature value, the header of SIGN included.
     *
     * @param verifier of the initiator's KMS
     * @param identityOctets of the initiator for the period of {@link #timestamp}, by custom the 32 octets of its UID
     * @throws InvalidValueException if the identity is empty
     */
    public boolean verifies(EccsiVerifier verifier, Octets identityOctets) {
        int signed = octets.size() - EccsiSignature.OCTETS;
        return verifies(verifier, identityOctets, signed)
                || leniency.accepts(Deviation.SIGNATURE_WITHOUT_HEADER)
                        && verifies(verifier, identityOctets, signed - Short.BYTES);
    }

    private boolean verifies(EccsiVerifier verifier, Octets identityOctets, int signed) {
        return verifier.verify(identityOctets, octets.slice(0, signed).toByteArray(), signature());
    }

    /**
     * Takes the key out of a message whose signature was verified.
     *
     * @param ssv what {@link #sakke} was decapsulated to; not kept, the caller closes it
     * @param receiverUri of the responder in clear, from which the GUK-ID was made
     * @return the key, which the caller closes
     * @throws MikeyRefusedException if the identifiers do not fit together, or the key parameters do not open or fit
     * @throws InvalidValueException if the URI is empty, malformed or above 65535 octets
     */
    public OpenedKey open(SharedSecretValue ssv, String receiverUri) {
        return MessageOpener.open(this, ssv, receiverUri, leniency);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MikeyMessage that && octets.equals(that.octets);
    }

    @Override
    public int hashCode() {
        return octets.hashCode();
    }

    /** CSB-ID and size. */
    @Override
    public String toString() {
        return "MikeyMessage[" + csbId() + ", " + octets.size() + " octets]";
    }
}
