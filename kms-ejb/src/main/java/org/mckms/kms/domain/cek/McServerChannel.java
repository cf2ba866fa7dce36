package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/** Brings documents to MC servers (CSC-9), over TLS with the own certificate. */
public interface McServerChannel {

    /** What came of it. */
    sealed interface Answer {}

    /** The server answered 200. What it says is not looked at here. */
    record Taken(Octets body) implements Answer {
        public Taken {
            requireNonNull(body, "body");
        }
    }

    /**
     * No answer came in time, or another one.
     *
     * @param why one sentence for the operators
     */
    record Failed(String why) implements Answer {
        public Failed {
            requireNonNull(why, "why");
        }
    }

    /**
     * Posts a document and waits for the answer, less than half a minute altogether.
     *
     * @param url      https
     * @param document SignedKmsResponse
     */
    Answer post(String url, byte[] document);
}
