package org.mckms.kms.infrastructure.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochState;
import org.mckms.platform.hsm.BoundedToken;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.platform.hsm.TokenOpener;

/** Opens the token by the steps of the ladder and insists on the keys it must have. */
final class TokenOpening {

    private final TokenOpener opener;
    private final HsmSettings settings;

    TokenOpening(TokenOpener opener, HsmSettings settings) {
        this.opener = opener;
        this.settings = settings;
    }

    /**
     * Opens a new generation: on the library itself, and on a copy of it where the ladder allows that.
     *
     * @param pin   used for one attempt, or for a second step if the token accepted it
     * @param known all epochs of the database
     * @throws TokenException of the first step, which says most; {@code PIN} as soon as the token refuses it
     */
    BoundedToken open(char[] pin, Collection<Epoch> known) {
        List<RecoveryStep> steps = new ArrayList<>(List.of(RecoveryStep.PROVIDER));
        if (settings.recovery().ladder().contains(RecoveryStep.COPY)) {
            steps.add(RecoveryStep.COPY);
        }
        return firstOf(steps, pin, known);
    }

    /** As {@link #open}, by the steps of the ladder only. */
    BoundedToken reopen(char[] pin, Collection<Epoch> known) {
        List<RecoveryStep> steps = settings.recovery().ladder().stream()
                .filter(step -> step != RecoveryStep.RELOAD)
                .toList();
        return firstOf(steps, pin, known);
    }

    private BoundedToken firstOf(List<RecoveryStep> steps, char[] pin, Collection<Epoch> known) {
        TokenException first = null;
        for (RecoveryStep step : steps) {
            try {
                return opened(step, pin, known);
            } catch (TokenException e) {
                if (first == null) {
                    first = e;
                }
                if (isFinal(e.fault())) {
                    throw e;
                }
            }
        }
        throw first == null ? new TokenException(TokenFault.LOST, "No step of recovery is allowed.") : first;
    }

    /** Another way to the same token would not change it, and a second PIN attempt is never made. */
    private static boolean isFinal(TokenFault fault) {
        return switch (fault) {
            case PIN, FOREIGN, LIBRARY, DUPLICATE_LABEL -> true;
            default -> false;
        };
    }

    private BoundedToken opened(RecoveryStep step, char[] pin, Collection<Epoch> known) {
        BoundedToken token = BoundedToken.open(opener, step, pin, settings.timeout());
        try {
            requireKeys(token, known);
            return token;
        } catch (TokenException e) {
            token.close();
            throw e;
        }
    }

    /** Loads the keys of an open token again. */
    void reload(BoundedToken token, Collection<Epoch> known) {
        token.reload();
        requireKeys(token, known);
        if (token.keyLabels().contains(KeyLabels.PROBE)) {
            token.probe(KeyLabels.PROBE, new byte[1]);
        }
    }

    /** Once there was an epoch, a token without keys is a lost or wrong one, never a fresh one. */
    private void requireKeys(BoundedToken token, Collection<Epoch> known) {
        List<String> required = new ArrayList<>();
        if (!known.isEmpty()) {
            required.addAll(KeyLabels.STORE_KEYS);
        }
        known.stream()
                .filter(epoch -> epoch.state() == EpochState.ACTIVE)
                .forEach(epoch -> required.addAll(KeyLabels.of(epoch)));
        required.removeAll(token.keyLabels());
        if (!required.isEmpty()) {
            throw new TokenException(
                    TokenFault.LOST,
                    "The token lacks " + required.size() + " of its keys, first of all '" + required.get(0)
                            + "': it is lost, or it is another one. None is made anew.");
        }
    }
}
