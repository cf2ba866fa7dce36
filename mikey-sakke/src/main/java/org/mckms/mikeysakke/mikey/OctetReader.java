package org.mckms.mikeysakke.mikey;

import java.util.function.Consumer;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MalformedMikeyException.Fault;

/** Reads fields in their order, within bounds, and tells a listener of each. Public values only. */
final class OctetReader {
    /** For those who do not want to know each field. */
    static final Consumer<MikeyField> NOBODY = field -> {};

    private final Octets octets;
    private final int end;
    private final Consumer<MikeyField> listener;
    private int at;
    private MikeyPart part;

    private OctetReader(Octets octets, int from, int end, MikeyPart part, Consumer<MikeyField> listener) {
        this.octets = octets;
        this.at = from;
        this.end = end;
        this.part = part;
        this.listener = listener;
    }

    /** A reader of all octets, which begin with {@code part}. */
    static OctetReader of(Octets octets, MikeyPart part, Consumer<MikeyField> listener) {
        return new OctetReader(octets, 0, octets.size(), part, listener);
    }

    /** The fields that follow belong to another part. */
    void enter(MikeyPart entered) {
        part = entered;
    }

    /** An unsigned octet. */
    int u8(String name) {
        return octets(1, name).at(0) & 0xFF;
    }

    /** An unsigned number of two octets. */
    int u16(String name) {
        Octets field = octets(2, name);
        return (field.at(0) & 0xFF) << 8 | field.at(1) & 0xFF;
    }

    /** An octet that has only one allowed value. */
    void require(int expected, String name) {
        int found = u8(name);
        if (found != expected) {
            throw value(1, name + " is " + found + ", not " + expected);
        }
    }

    /** As many octets. */
    Octets octets(int count, String name) {
        int from = advance(count, name);
        Octets field = octets.slice(from, at);
        listener.accept(new MikeyField(part, name, from, field));
        return field;
    }

    /** As many octets, which are read again as fields. */
    Octets peek(int count) {
        int from = advance(count, "content");
        at = from;
        return octets.slice(from, from + count);
    }

    /** A reader of the next octets only, which belong to {@code inner}. */
    OctetReader inner(int count, MikeyPart inner) {
        int from = advance(count, inner.name());
        return new OctetReader(octets, from, at, inner, listener);
    }

    private int advance(int count, String name) {
        if (count > end - at) {
            throw new MalformedMikeyException(
                    Fault.CUT, at, name + " of " + part + " needs " + count + " octets, " + (end - at) + " are left");
        }
        int from = at;
        at += count;
        return from;
    }

    /** How many octets are left. */
    int left() {
        return end - at;
    }

    /** The octet that comes next, from 0. */
    int offset() {
        return at;
    }

    /** Nothing may be left. */
    void requireEnd() {
        if (at != end) {
            throw new MalformedMikeyException(Fault.TRAILING, at, (end - at) + " octets follow the end of " + part);
        }
    }

    /** The last octets read have a value that is not allowed. */
    MalformedMikeyException value(int back, String message) {
        return new MalformedMikeyException(Fault.VALUE, at - back, message);
    }
}
