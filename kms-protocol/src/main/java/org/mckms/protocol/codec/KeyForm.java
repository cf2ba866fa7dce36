package org.mckms.protocol.codec;

/** How plain key material is written: the schema says hex, some systems write base64. */
public enum KeyForm {
    /** Upper-case hex digits, as the schema says (xs:hexBinary). */
    HEX,
    /** Base64, which is not schema-valid. */
    BASE64
}
