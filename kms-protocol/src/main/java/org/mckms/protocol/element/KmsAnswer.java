package org.mckms.protocol.element;

/** What a KmsResponse carries: a message, an error in its place, or an {@link AnswerExtension}; nothing else implements it. */
public interface KmsAnswer {}
