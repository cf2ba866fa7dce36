package org.mckms.protocol.element;

/** An answer that is no message of TS 33.180: it stands in a KmsResponse, in a namespace of its own, without a KmsMessage. */
public interface AnswerExtension extends KmsAnswer, AutoCloseable {
    /** Wipes what is secret in it. */
    @Override
    void close();
}
