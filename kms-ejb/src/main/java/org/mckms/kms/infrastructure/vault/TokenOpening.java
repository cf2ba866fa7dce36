package org.mckms.kms.infrastructure.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.kms.domain.Epoch;
import org.mckms.platform.hsm.BoundedToken;
import org.mckms.platform.hsm.HsmSettings;
import org.mckms.platform.hsm.RecoveryStep;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.platform.hsm.TokenOpener;

/** Opens the token by the steps of the ladder and insists on the keys it must have. */
final class TokenOpening {

    private final PinGuard opener;
    private final HsmSettings settings;
    private final KnownEpochs known;

    TokenOpening(TokenOpener opener, HsmSettings settings, KnownEpochs known) {
        this.opener = new PinGuard(opener);
        this.settings = settings;
        this.known = known;
    }

    /**
     * Opens a new generation for an operator: on the library itself, and on a copy of it where the ladder allows that.
     *
     * @param pin used for one attempt, or for a second step if the token accepted it
     * @throws TokenException of the first step, which says most; {@code PIN} as soon as the token refuses it
     */
    OpenedToken open(char[] pin) {
        opener.pinGivenAnew();
        List<RecoveryStep> steps = new ArrayList<>(List.of(RecoveryStep.PROVIDER));
        if (settings.recovery().ladder().contains(RecoveryStep.COPY)) {
            steps.add(RecoveryStep.COPY);
        }
        return firstOf(steps, pin);
    }

    /** Whether the ladder has a step that opens a new generation. */
    boolean mayReopen() {
        return !stepsOfReopening().isEmpty();
    }

    /** As {@link #open}, without an operator: by the steps of the ladder only, and with no PIN after a refused one. */
    OpenedToken reopen(char[] pin) {
        return firstOf(stepsOfReopening(), pin);
    }

    private List<RecoveryStep> stepsOfReopening() {
        return settings.recovery().ladder().stream()
                .filter(step -> step != RecoveryStep.RELOAD)
                .toList();
    }

    private OpenedToken firstOf(List<RecoveryStep> steps, char[] pin) {
        try {
            return opened(steps.get(0), pin);
        } catch (TokenException first) {
            if (steps.size() == 1 || isFinal(first.fault())) {
                throw first;
            }
            try {
                return firstOf(steps.subList(1, steps.size()), pin);
            } catch (TokenException later) {
                throw isFinal(later.fault()) ? later : first;
            }
        }
    }

    /** Another way to the same token would not change it, and a second PIN attempt is never made. */
    private static boolean isFinal(TokenFault fault) {
        return switch (fault) {
            case PIN, FOREIGN, LIBRARY, DUPLICATE_LABEL -> true;
            default -> false;
        };
    }

    private OpenedToken opened(RecoveryStep step, char[] pin) {
        BoundedToken token = BoundedToken.open(opener, step, pin, settings);
        try {
            return withItsKeys(token);
        } catch (TokenException e) {
            token.close();
            throw e;
        }
    }

    /** Loads the keys of an open token again, in new threads: its own may be lost in calls that hang. */
    OpenedToken reload(BoundedToken lost) {
        BoundedToken token = lost.renewed();
        token.reload();
        OpenedToken opened = withItsKeys(token);
        if (token.keyLabels().contains(KeyLabels.PROBE)) {
            token.probe(KeyLabels.PROBE, new byte[1]);
        }
        return opened;
    }

    /**
     * Once there was an epoch, a token without store keys is a lost or wrong one, never a fresh one, and so is one without
     * the keys of all of several epochs. A single epoch whose keys are missing does not stop the others, nor its own
     * retirement.
     */
    private OpenedToken withItsKeys(BoundedToken token) {
        Set<String> labels = token.keyLabels();
        if (!known.isEmpty()) {
            requireAll(labels, KeyLabels.STORE_KEYS);
        }
        List<Epoch> active = known.active();
        List<Epoch> without = active.stream()
                .filter(epoch -> !labels.containsAll(KeyLabels.of(epoch)))
                .toList();
        if (without.size() > 1 && without.size() == active.size()) {
            requireAll(
                    labels,
                    without.stream()
                            .flatMap(epoch -> KeyLabels.of(epoch).stream())
                            .toList());
        }
        return new OpenedToken(token, without.stream().map(Epoch::id).collect(Collectors.toUnmodifiableSet()));
    }

    private static void requireAll(Set<String> labels, List<String> required) {
        List<String> missing =
                required.stream().filter(label -> !labels.contains(label)).toList();
        if (!missing.isEmpty()) {
            throw new TokenException(
                    TokenFault.LOST,
                    "The token lacks " + missing.size() + " of its keys, first of all '" + missing.get(0)
                            + "': it is lost, or it is another one. None is made anew.");
        }
    }
}
