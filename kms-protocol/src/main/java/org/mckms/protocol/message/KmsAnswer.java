package org.mckms.protocol.message;

/** What a response carries: a message, or an error in its place. */
public sealed interface KmsAnswer permits KmsMessage, KmsError {}
