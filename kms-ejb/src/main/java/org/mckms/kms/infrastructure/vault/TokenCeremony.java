package org.mckms.kms.infrastructure.vault;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.platform.hsm.Token;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Makes and destroys token keys. Keys made by a step that fails later are destroyed again, so that the ceremony can be
 * repeated; a key that existed before is never touched.
 */
final class TokenCeremony {

    private static final String AUDIT_COMMON_NAME = "MC KMS audit";
    private static final String CERTIFICATE_COMMON_NAME = "MC KMS certificates";
    private static final String BUNDLE_COMMON_NAME = "MC KMS bundles";

    private final Token token;
    private final MasterLoader loader;
    private final List<String> made = new ArrayList<>();

    TokenCeremony(Token token, MasterLoader loader) {
        this.token = token;
        this.loader = loader;
    }

    /**
     * Makes the store keys, or those that a ceremony which broke off did not make. The one whose certificate names the
     * token comes last: until then the token counts as not set up.
     *
     * @param hadEpochs whether the database has an epoch; store keys that are missing then are never made anew
     */
    void createStoreKeys(boolean hadEpochs) {
        token.reload();
        List<String> present = token.keyLabels().stream()
                .filter(label -> label.startsWith(KeyLabels.PREFIX))
                .sorted()
                .toList();
        boolean onlyStoreKeys = present.stream()
                .allMatch(label -> KeyLabels.STORE_KEYS.contains(label) || KeyLabels.LATER_KEYS.contains(label));
        if (hadEpochs || !onlyStoreKeys || present.containsAll(KeyLabels.STORE_KEYS)) {
            throw new TokenException(
                    TokenFault.KEY_EXISTS,
                    "The token was set up already, it holds " + present.size() + " keys of this server; none is"
                            + " overwritten, and none that is missing is made anew.");
        }
        undoOnFailure(() -> {
            for (String label : List.of(KeyLabels.PROBE, KeyLabels.ROW)) {
                if (!present.contains(label)) {
                    makeMacKey(label);
                }
            }
            makeLaterKeys(present);
            if (!present.contains(KeyLabels.AUDIT)) {
                makeSigningKey(KeyLabels.AUDIT, AUDIT_COMMON_NAME);
            }
        });
    }

    /**
     * Makes those keys that later releases need and the token of an older one lacks.
     *
     * @param inUse  labels of keys under which something is sealed; one of them missing means a damaged token
     * @param usedUp labels of keys that are to seal no more: the newest of a row gets a successor if it is among them
     * @return labels of the keys that were made
     */
    List<String> completeKeys(Collection<String> inUse, Collection<String> usedUp) {
        token.reload();
        requireStoreKeys();
        inUse.stream()
                .filter(label -> !token.keyLabels().contains(label))
                .findFirst()
                .ifPresent(label -> {
                    throw new TokenException(
                            TokenFault.KEY_MISSING,
                            "The token lacks '" + label
                                    + "', under which something in the database is sealed; it is not made anew.");
                });
        undoOnFailure(() -> {
            makeLaterKeys(token.keyLabels());
            for (StoreRow row : StoreRow.values()) {
                int newest = row.newest(token.keyLabels());
                if (usedUp.contains(row.label(newest))) {
                    makeEncryptionKey(row.label(newest + 1));
                }
            }
        });
        return List.copyOf(made);
    }

    private void makeLaterKeys(Collection<String> present) {
        for (StoreRow row : StoreRow.values()) {
            if (row.newest(present) == 0) {
                makeEncryptionKey(row.label(1));
            }
        }
        if (!present.contains(KeyLabels.CERTIFICATE)) {
            makeSigningKey(KeyLabels.CERTIFICATE, CERTIFICATE_COMMON_NAME);
        }
        if (!present.contains(KeyLabels.BUNDLE)) {
            makeSigningKey(KeyLabels.BUNDLE, BUNDLE_COMMON_NAME);
        }
    }

    private void makeEncryptionKey(String label) {
        requireAbsent(label);
        made.add(label);
        token.makeEncryptionKey(label);
    }

    private void makeSigningKey(String label, String commonName) {
        made.add(label);
        token.makeSigningKey(label, commonName);
    }

    Epoch create(EpochPlan plan) {
        requireStoreKeys();
        Epoch[] created = new Epoch[1];
        undoOnFailure(() -> {
            makeMacKey(KeyLabels.root(plan.id()));
            try (LoadedMasters masters = loader.derived(plan.derivationContext())) {
                created[0] = Epoch.ofPlan(
                        plan, masters.zT().publicKey(), masters.ksak().publicKey(), Optional.empty());
            }
            loader.load(created[0]).close(); // a second derivation has to give the same public keys
        });
        return created[0];
    }

    Epoch importMasters(EpochPlan plan, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        KmsPublicAuthenticationKey kpak = ksak.publicKey();
        KmsPublicKey zTPublic = zT.publicKey();
        if (plan.purpose() != EpochPurpose.DEVELOPMENT && PublishedMasters.include(kpak, zTPublic)) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST,
                    "these master secrets are printed in RFC 6507 or RFC 6508; only a development epoch may use them");
        }
        requireStoreKeys();
        Epoch[] imported = new Epoch[1];
        undoOnFailure(() -> {
            makeMacKey(KeyLabels.root(plan.id()));
            makeEncryptionKey(KeyLabels.master(plan.id()));
            imported[0] =
                    Epoch.ofPlan(plan, zTPublic, kpak, Optional.of(loader.seal(plan.derivationContext(), ksak, zT)));
            loader.load(imported[0]).close(); // what was sealed has to open
        });
        return imported[0];
    }

    void destroy(EpochId epoch) {
        token.destroyKey(KeyLabels.master(epoch));
        token.destroyKey(KeyLabels.root(epoch));
    }

    private void requireStoreKeys() {
        if (!token.keyLabels().containsAll(KeyLabels.STORE_KEYS)) {
            throw new KmsException(
                    KmsErrorCode.NOT_READY, "the token is not set up yet: make its store keys before the first epoch");
        }
    }

    private void makeMacKey(String label) {
        requireAbsent(label);
        made.add(label);
        token.makeMacKey(label);
    }

    /** Checked here too, so that what existed before is not counted as made. */
    private void requireAbsent(String label) {
        token.reload();
        if (token.keyLabels().contains(label)) {
            throw new TokenException(
                    TokenFault.KEY_EXISTS,
                    "The token holds a key '" + label + "' already; keys are never overwritten.");
        }
    }

    private void undoOnFailure(Runnable steps) {
        try {
            steps.run();
        } catch (RuntimeException e) {
            undo(e);
            throw e;
        }
    }

    private void undo(RuntimeException failure) {
        for (String label : made) {
            try {
                token.destroyKey(label);
            } catch (TokenException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
