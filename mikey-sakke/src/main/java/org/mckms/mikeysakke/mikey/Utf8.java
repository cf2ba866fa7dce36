package org.mckms.mikeysakke.mikey;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** Reads UTF-8 and replaces nothing, so that the text stands for these octets and no others. */
final class Utf8 {
    private Utf8() {}

    /**
     * The text.
     *
     * @throws InvalidValueException if the octets are no UTF-8
     */
    static String text(Octets octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValueException("text is not UTF-8", e);
        }
    }
}
