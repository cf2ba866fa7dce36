package org.mckms.protocol.codec;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.security.WrapProfile;

/** What a deployed client needs beside the standard; switched on for one identity at a time, all of it off by default. */
public enum InteropProfile {
    /** UserID in 64 lower-case hex digits: the test files of the Streamwide client, and the Airbus client. */
    USER_ID_HEX("user-id-hex"),
    /** Keys and public keys in base64: clients of key management servers that never wrote hex. */
    KEYS_BASE64("keys-base64"),
    /** Namespace, order and types of TS 33.179: clients of Release 13. */
    REL13("rel13"),
    /** Answers announced as text/xml: HTTP stacks that take no other XML type. */
    TEXT_XML("text-xml"),
    /** {@link WrapProfile#KWP_LABELLED_KW}: clients of the Kapsch key management server. */
    WRAP_KWP_LABELLED_KW("wrap-kwp-labelled-kw"),
    /** {@link WrapProfile#STRIP04}: clients that know RFC 3394 only. */
    WRAP_STRIP04("wrap-strip04"),
    /** ECCSI and SAKKE over the 64 hex digits of the UID instead of its 32 octets: the Streamwide client's test server. */
    UID_AS_HEX_TEXT("uid-as-hex-text"),
    /** No xsi:type: parsers that do not know the attribute. */
    NO_XSI_TYPE("no-xsi-type"),
    /** Requests without signature from a client that has keys: clients that send an empty body. */
    UNSIGNED_REQUESTS("unsigned-requests");

    private final String profileName;

    InteropProfile(String profileName) {
        this.profileName = profileName;
    }

    /** The name that operators use. */
    public String profileName() {
        return profileName;
    }

    /** The profile of that name. */
    public static Optional<InteropProfile> named(String profileName) {
        return Arrays.stream(values())
                .filter(profile -> profile.profileName.equals(profileName))
                .findFirst();
    }

    /**
     * What the profiles mean for the answers.
     *
     * @throws InvalidValueException if they contradict each other: a client has one way to unwrap
     */
    public static WireDialect dialectOf(Set<InteropProfile> profiles) {
        return new WireDialect(
                profiles.contains(USER_ID_HEX) ? UserIdForm.HEX : UserIdForm.BASE64,
                profiles.contains(KEYS_BASE64) ? KeyForm.BASE64 : KeyForm.HEX,
                wrapProfile(profiles),
                !profiles.contains(NO_XSI_TYPE),
                profiles.contains(REL13) ? WireRelease.REL13 : WireRelease.REL14,
                profiles.contains(TEXT_XML));
    }

    private static WrapProfile wrapProfile(Set<InteropProfile> profiles) {
        boolean labelled = profiles.contains(WRAP_KWP_LABELLED_KW);
        boolean stripped = profiles.contains(WRAP_STRIP04);
        if (labelled && stripped) {
            throw new InvalidValueException(WRAP_KWP_LABELLED_KW.profileName + " and " + WRAP_STRIP04.profileName
                    + " exclude each other: a key is wrapped in one way");
        }
        if (labelled) {
            return WrapProfile.KWP_LABELLED_KW;
        }
        return stripped ? WrapProfile.STRIP04 : WrapProfile.KWP;
    }
}
