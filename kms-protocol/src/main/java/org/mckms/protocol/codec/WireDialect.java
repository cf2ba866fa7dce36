package org.mckms.protocol.codec;

import java.util.Objects;
import org.mckms.protocol.security.WrapProfile;

/**
 * What may differ from client to client in the answers it gets.
 *
 * @param userIdForm form of the UserID element
 * @param keyForm form of plain keys, and of the public keys of certificates
 * @param wrapProfile how keys are wrapped
 * @param xsiType whether elements carry xsi:type, without which the document is not schema-valid
 * @param release namespace, order and types
 * @param textXml whether the answer is announced as text/xml
 */
public record WireDialect(
        UserIdForm userIdForm,
        KeyForm keyForm,
        WrapProfile wrapProfile,
        boolean xsiType,
        WireRelease release,
        boolean textXml) {
    /** What TS 33.180 says. */
    public static final WireDialect STANDARD =
            new WireDialect(UserIdForm.BASE64, KeyForm.HEX, WrapProfile.KWP, true, WireRelease.REL14, false);

    public WireDialect {
        Objects.requireNonNull(userIdForm, "userIdForm");
        Objects.requireNonNull(keyForm, "keyForm");
        Objects.requireNonNull(wrapProfile, "wrapProfile");
        Objects.requireNonNull(release, "release");
    }

    /** The same with another form of the UserID element. */
    public WireDialect withUserIdForm(UserIdForm form) {
        return new WireDialect(form, keyForm, wrapProfile, xsiType, release, textXml);
    }
}
