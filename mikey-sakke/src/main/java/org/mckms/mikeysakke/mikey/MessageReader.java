package org.mckms.mikeysakke.mikey;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;
import org.mckms.mikeysakke.mikey.MikeyPayload.Extension;
import org.mckms.mikeysakke.mikey.MikeyPayload.Identity;
import org.mckms.mikeysakke.mikey.MikeyPayload.Policy;
import org.mckms.mikeysakke.mikey.MikeyPayload.Random;
import org.mckms.mikeysakke.mikey.MikeyPayload.Sakke;
import org.mckms.mikeysakke.mikey.MikeyPayload.Timestamp;

/**
 * Reads an I_MESSAGE: HDR, T, RAND, the identities of initiator, responder and both KMSs in this order; then SAKKE once, general
 * extensions and policies once each, in any order since senders differ there; and SIGN, the last (TS 33.180 clause E.1).
 */
final class MessageReader {
    private static final List<MikeyPart> LEADING = List.of(
            MikeyPart.T,
            MikeyPart.RAND,
            MikeyPart.IDR_INITIATOR,
            MikeyPart.IDR_RESPONDER,
            MikeyPart.IDR_INITIATOR_KMS,
            MikeyPart.IDR_RESPONDER_KMS);

    private final OctetReader in;
    private final MikeyLeniency leniency;
    private final List<MikeyPayload> payloads = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private CommonHeader header;

    private MessageReader(OctetReader in, MikeyLeniency leniency) {
        this.in = in;
        this.leniency = leniency;
    }

    /**
     * Reads all octets.
     *
     * @param listener gets each field, up to the one that is wrong
     */
    static MessageParts read(Octets octets, MikeyLeniency leniency, Consumer<MikeyField> listener) {
        if (octets.size() > MikeyMessage.MAX_OCTETS) {
            String message = octets.size() + " octets, a message has up to " + MikeyMessage.MAX_OCTETS;
            throw new MalformedMikeyException(Fault.TOO_LONG, MikeyMessage.MAX_OCTETS, message);
        }
        return new MessageReader(OctetReader.of(octets, MikeyPart.HDR, listener), leniency).read();
    }

    private MessageParts read() {
        header = CommonHeader.decode(in, leniency);
        int next = MikeyPayload.T;
        for (MikeyPart part : LEADING) {
            next = leading(part, next);
        }
        while (next != MikeyPayload.SIGN) {
            next = following(next);
        }
        if (!seen.contains(MikeyPart.SAKKE.name())) {
            throw fault(Fault.ORDER, "SIGN stands before any SAKKE payload");
        }
        return new MessageParts(header, payloads, signature());
    }

    private int leading(MikeyPart part, int type) {
        int expected =
                switch (part) {
                    case T -> MikeyPayload.T;
                    case RAND -> MikeyPayload.RAND;
                    default -> MikeyPayload.IDR;
                };
        if (type != expected) {
            throw fault(Fault.ORDER, "payload of type " + type + " stands in the place of " + part.name());
        }
        in.enter(part);
        int next = in.u8(MikeyPayload.NEXT);
        payloads.add(
                switch (part) {
                    case T -> Timestamp.decode(in);
                    case RAND -> Random.decode(in);
                    default -> Identity.decode(in, part, leniency);
                });
        return next;
    }

    private int following(int type) {
        in.enter(
                switch (type) {
                    case MikeyPayload.SP -> MikeyPart.SP;
                    case MikeyPayload.SAKKE -> MikeyPart.SAKKE;
                    case MikeyPayload.EXTENSION -> MikeyPart.EXTENSION;
                    case MikeyPayload.T, MikeyPayload.RAND, MikeyPayload.IDR ->
                        throw fault(
                                Fault.DOUBLED,
                                "payload of type " + type + " follows the identities, which end with the KMSs");
                    case 0 -> throw fault(Fault.ORDER, "the payloads end without SIGN");
                    default -> throw fault(Fault.ORDER, "payload type " + type + " is not one of an I_MESSAGE");
                });
        int next = in.u8(MikeyPayload.NEXT);
        switch (type) {
            case MikeyPayload.SP -> {
                Policy policy = Policy.decode(in);
                add(policy, "policy " + policy.policy().number());
            }
            case MikeyPayload.SAKKE -> add(Sakke.decode(in), MikeyPart.SAKKE.name());
            default -> {
                Extension extension = extension();
                add(extension, "extension " + extension.extensionType());
            }
        }
        return next;
    }

    private void add(MikeyPayload payload, String name) {
        if (!seen.add(name)) {
            throw fault(Fault.DOUBLED, name + " is there twice");
        }
        payloads.add(payload);
    }

    private Extension extension() {
        int type = in.u8("type");
        int length = in.u16("length");
        Octets data = in.peek(length);
        switch (type) {
            case Extension.SAKKE_TO_SELF -> {
                OctetReader inner = in.inner(length, MikeyPart.SAKKE_TO_SELF);
                inner.u8(MikeyPayload.NEXT);
                Sakke.decode(inner);
                inner.requireEnd();
            }
            case Extension.KEY_PARAMETERS -> keyParameters(data);
            default -> {
                if (!leniency.accepts(Deviation.OTHER_EXTENSIONS)) {
                    throw fault(Fault.ORDER, "general extension of type " + type + " is not one of an I_MESSAGE");
                }
                in.octets(length, "data");
            }
        }
        return new Extension(type, data);
    }

    private void keyParameters(Octets data) {
        OctetReader inner = in.inner(data.size(), MikeyPart.KEY_PARAMETERS);
        if (!ProtectedPayload.isProtected(data)
                && leniency.accepts(Deviation.UNPROTECTED_PARAMETERS)
                && ParameterCodec.isUnprotectedForm(data)) {
            inner.octets(data.size(), "unprotected key parameters");
        } else {
            ProtectedPayload.decode(inner, header.csbId());
        }
    }

    private EccsiSignature signature() {
        in.enter(MikeyPart.SIGN);
        int sign = in.u16("S type and signature length");
        if (sign != MikeyPayload.SIGN_HEADER) {
            throw in.value(
                    2,
                    "S type " + (sign >>> 12) + " with " + (sign & 0xFFF) + " octets, not ECCSI with "
                            + EccsiSignature.OCTETS);
        }
        EccsiSignature signature = new EccsiSignature(in.octets(EccsiSignature.OCTETS, "signature"));
        in.requireEnd();
        return signature;
    }

    private MalformedMikeyException fault(Fault fault, String message) {
        return new MalformedMikeyException(fault, in.offset(), message);
    }
}
