package org.mckms.client;

import org.mckms.protocol.message.ClientError;

/** Writes what was wrong with an answer as the ClientError of the next request (TS 33.180 clause D.2.2). */
final class ClientErrors {
    private static final int MAX_CHARACTERS = 400;

    private ClientErrors() {}

    /** The text is our own, without what the answer said beyond names; it is cut to 400 characters. */
    static ClientError of(KmsAnswerException e) {
        StringBuilder fitting = new StringBuilder();
        e.getMessage()
                .codePoints()
                .limit(MAX_CHARACTERS)
                .map(c -> Character.isISOControl(c) || !Character.isDefined(c) || isSurrogate(c) ? '?' : c)
                .forEachOrdered(fitting::appendCodePoint);
        return new ClientError(e.fault().code(), fitting.toString());
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
