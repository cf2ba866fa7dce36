package org.mckms.kms.infrastructure.vault;

import java.util.Arrays;
import java.util.function.Supplier;
import org.mckms.kms.domain.DerivationContext;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.MasterDerivation;
import org.mckms.kms.domain.Prf;
import org.mckms.kms.domain.SealedMasters;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.hsm.MacAlgorithm;
import org.mckms.platform.hsm.SealedOctets;
import org.mckms.platform.hsm.Token;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenFault;

/** Gets the masters of an epoch from the token, by derivation or by decryption, and checks whose they are. */
final class MasterLoader {

    private final Token token;

    MasterLoader(Token token) {
        this.token = token;
    }

    /**
     * @return to be closed by the caller
     * @throws TokenException if the token fails
     * @throws MastersRefusedException if the masters do not belong to the certificate of the epoch
     */
    LoadedMasters load(Epoch epoch) {
        findKeys(epoch);
        LoadedMasters loaded = epoch.sealedMasters()
                .map(blob -> opened(epoch.derivationContext(), blob))
                .orElseGet(() -> derived(epoch.derivationContext()));
        boolean theirs = false;
        try {
            theirs = loaded.ksak().publicKey().equals(epoch.kpak())
                    && loaded.zT().publicKey().equals(epoch.zT());
        } finally {
            if (!theirs) {
                loaded.close();
            }
        }
        if (!theirs) {
            throw new MastersRefusedException("the masters of epoch " + epoch.id()
                    + " on the token do not belong to its" + " certificate; they were wiped unused");
        }
        return loaded;
    }

    /** Another node may have made the epoch after this token was loaded. */
    private void findKeys(Epoch epoch) {
        if (!token.keyLabels().containsAll(KeyLabels.of(epoch))) {
            token.reload();
            if (!token.keyLabels().containsAll(KeyLabels.of(epoch))) {
                throw new TokenException(
                        TokenFault.KEY_MISSING,
                        "The token lacks a key of epoch " + epoch.id() + "; none is made anew.");
            }
        }
    }

    /** The masters of a derived epoch. */
    LoadedMasters derived(DerivationContext context) {
        Prf root = root(context);
        return assemble(() -> MasterDerivation.ksak(root, context), () -> MasterDerivation.zT(root, context), context);
    }

    private LoadedMasters opened(DerivationContext context, SealedMasters sealed) {
        byte[] clear = token.open(
                KeyLabels.master(context.epoch()),
                new SealedOctets(sealed.iv(), sealed.ciphertext()),
                SealedMastersFormat.aad(context));
        try {
            return assemble(() -> SealedMastersFormat.ksak(clear), () -> SealedMastersFormat.zT(clear), context);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** Encrypts given masters on the token; the loader of the same epoch opens them. */
    SealedMasters seal(DerivationContext context, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        byte[] clear = SealedMastersFormat.clear(ksak, zT);
        try {
            SealedOctets sealed =
                    token.seal(KeyLabels.master(context.epoch()), clear, SealedMastersFormat.aad(context));
            return new SealedMasters(sealed.iv(), sealed.ciphertext());
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    private Prf root(DerivationContext context) {
        String label = KeyLabels.root(context.epoch());
        return message -> token.mac(label, MacAlgorithm.HMAC_SHA_512, message);
    }

    private LoadedMasters assemble(
            Supplier<KmsSecretAuthenticationKey> ksakSource,
            Supplier<KmsMasterSecret> zTSource,
            DerivationContext context) {
        KmsSecretAuthenticationKey ksak = null;
        KmsMasterSecret zT = null;
        SecretOctets kV = null;
        try {
            ksak = ksakSource.get();
            zT = zTSource.get();
            kV = MasterDerivation.kV(root(context), context);
            return new LoadedMasters(ksak, zT, kV);
        } catch (MikeySakkeException e) {
            throw new MastersRefusedException("a master of epoch " + context.epoch() + " is out of range");
        } finally {
            if (kV == null) {
                closeAll(ksak, zT);
            }
        }
    }

    private static void closeAll(KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        if (ksak != null) {
            ksak.close();
        }
        if (zT != null) {
            zT.close();
        }
    }
}
