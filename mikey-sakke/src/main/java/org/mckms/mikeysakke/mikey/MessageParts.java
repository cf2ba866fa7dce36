package org.mckms.mikeysakke.mikey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;

/**
 * An I_MESSAGE as its parts.
 *
 * @param payloads all between header and SIGN, in their order
 */
record MessageParts(CommonHeader header, List<MikeyPayload> payloads, EccsiSignature signature) {
    MessageParts {
        payloads = List.copyOf(payloads);
    }

    /** All octets. */
    Octets encode() {
        return Octets.copyOf(toBeSigned(header, payloads)).concat(signature.octets());
    }

    /** The octets that the signature covers: all before its value, the header of SIGN included (TS 33.180 clause E.1.2). */
    static byte[] toBeSigned(CommonHeader header, List<MikeyPayload> payloads) {
        OctetWriter out = new OctetWriter();
        header.encode(out);
        for (int i = 0; i < payloads.size(); i++) {
            boolean last = i + 1 == payloads.size();
            out.u8(last ? MikeyPayload.SIGN : payloads.get(i + 1).type());
            payloads.get(i).encode(out);
        }
        return out.u16(MikeyPayload.SIGN_HEADER).toByteArray();
    }

    /** The payloads of a kind. */
    <P extends MikeyPayload> Stream<P> all(Class<P> kind) {
        return payloads.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The only payload of a kind that every message has. */
    <P extends MikeyPayload> P the(Class<P> kind) {
        return all(kind).findFirst().orElseThrow(() -> new IllegalStateException("the reader asks for " + kind));
    }

    /** The data of the general extension of a type. */
    Optional<Octets> extension(int type) {
        return all(MikeyPayload.Extension.class)
                .filter(extension -> extension.extensionType() == type)
                .map(MikeyPayload.Extension::data)
                .findFirst();
    }
}
