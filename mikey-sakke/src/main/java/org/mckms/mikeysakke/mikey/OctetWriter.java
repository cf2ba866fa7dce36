package org.mckms.mikeysakke.mikey;

import java.io.ByteArrayOutputStream;
import org.mckms.mikeysakke.Octets;

/** Writes fields in their order. Public values only. */
final class OctetWriter {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    /** The lowest 8 bits. */
    OctetWriter u8(int value) {
        octets.write(value);
        return this;
    }

    /** The lowest 16 bits. */
    OctetWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** The lowest 40 bits. */
    OctetWriter u40(long value) {
        return u8((int) (value >>> 32)).u16((int) (value >>> 16)).u16((int) value);
    }

    OctetWriter octets(Octets value) {
        octets.writeBytes(value.toByteArray());
        return this;
    }

    byte[] toByteArray() {
        return octets.toByteArray();
    }

    Octets toOctets() {
        return Octets.copyOf(toByteArray());
    }
}
