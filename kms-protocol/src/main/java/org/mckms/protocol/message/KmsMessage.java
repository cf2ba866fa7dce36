package org.mckms.protocol.message;

import org.mckms.protocol.element.KmsAnswer;

/** The content of a successful response (KmsMessage, TS 33.180 clause D.3.1): exactly one of four. */
public sealed interface KmsMessage extends KmsAnswer permits KmsInit, KmsKeyProv, KmsCertCache, KmsLookup {}
