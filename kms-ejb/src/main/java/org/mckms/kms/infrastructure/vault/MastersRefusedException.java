package org.mckms.kms.infrastructure.vault;

/** Masters were found that must not be used. The message holds no value. */
final class MastersRefusedException extends RuntimeException {

    MastersRefusedException(String message) {
        super(message);
    }
}
