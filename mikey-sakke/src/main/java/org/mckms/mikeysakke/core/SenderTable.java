package org.mckms.mikeysakke.core;

/**
 * What a {@link SakkeCore} has calculated beforehand for the public key Z_T of a KMS. It serves the core that made it only. Public
 * data, immutable.
 */
public interface SenderTable {}
