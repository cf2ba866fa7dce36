package org.mckms.protocol.cek;

/** What a KmsRequest about CEKs asks for, as a child of it, so that its signature covers it. */
public sealed interface RequestExtension permits CekOrder, CekQuery, CekEnd, CekAcknowledgement {}
