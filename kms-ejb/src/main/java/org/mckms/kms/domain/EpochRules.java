package org.mckms.kms.domain;

import java.util.Collection;
import java.util.Optional;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Which epochs this server may make and serve.
 *
 * @param production       whether it runs in the production profile, which has no development epochs
 * @param pinInEnvironment whether a PIN stands in the environment of the process, where production epochs are not served
 */
public record EpochRules(boolean production, boolean pinInEnvironment) {

    /** Why an epoch of this purpose has no place here, in one plain sentence; empty if it has one. */
    public Optional<String> objection(EpochPurpose purpose) {
        if (production && purpose == EpochPurpose.DEVELOPMENT) {
            return Optional.of("a server in the production profile has no development epoch;"
                    + " retire it while the development profile is set, or use the right database");
        }
        if (pinInEnvironment && purpose == EpochPurpose.PRODUCTION) {
            return Optional.of("a server with the PIN in its environment has no production epoch;"
                    + " remove the variable and give the PIN by a file, an encrypted property or an operator");
        }
        return Optional.empty();
    }

    /** The same for all active epochs of a collection, the first objection with the name of its epoch. */
    public Optional<String> objection(Collection<Epoch> epochs) {
        return epochs.stream()
                .filter(epoch -> epoch.state() == EpochState.ACTIVE)
                .flatMap(
                        epoch -> objection(epoch.purpose())
                                .map(why -> "epoch " + epoch.id() + " (" + epoch.certUri() + "): " + why)
                                .stream())
                .findFirst();
    }

    /**
     * Passes only if no active epoch is out of place.
     *
     * @throws KmsException {@code NOT_READY}
     */
    public void check(Collection<Epoch> epochs) {
        objection(epochs).ifPresent(why -> {
            throw new KmsException(KmsErrorCode.NOT_READY, why);
        });
    }
}
