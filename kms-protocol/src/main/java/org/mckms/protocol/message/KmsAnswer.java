package org.mckms.protocol.message;

/** What a response carries: a message, or an error or an answer of an extension in its place. */
public sealed interface KmsAnswer permits KmsMessage, KmsError, AnswerExtension {}
