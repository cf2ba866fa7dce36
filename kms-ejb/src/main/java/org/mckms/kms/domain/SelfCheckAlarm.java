package org.mckms.kms.domain;

/** Is told that a fresh key set failed its self-check. No value of the key set is given, on purpose. */
public interface SelfCheckAlarm {

    /**
     * @param userUri whose key set it was
     * @param failures failures since the last activation, this one included; at the second the vault is deactivated
     */
    void selfCheckFailed(EpochId epoch, String userUri, int failures);
}
