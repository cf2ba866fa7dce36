package org.mckms.kms.infrastructure.vault;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mckms.kms.domain.ClientStore;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochRetiredException;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.kms.domain.SealCounts;
import org.mckms.kms.domain.SealedClientKeys;
import org.mckms.kms.domain.TokenServices;
import org.mckms.kms.domain.VaultStatus;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.platform.datakey.DataKeyWrapping;
import org.mckms.platform.hsm.MacAlgorithm;
import org.mckms.platform.hsm.MemoryExposureCheck;
import org.mckms.platform.hsm.SealedOctets;
import org.mckms.platform.hsm.TokenException;
import org.mckms.platform.hsm.TokenOpener;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The vault over any token; subclasses say how tokens are opened. */
abstract class TokenVault implements MasterSecretVault, TokenServices, ClientStore, AutoCloseable {

    private static final Duration LEASE_SWEEP = Duration.ofSeconds(1);
    private static final int TOLERATED_SELF_CHECK_FAILURES = 1;

    private final VaultEnvironment environment;
    private final ClosableListener listener;
    private final MemoryExposureCheck exposure;
    private final VaultSwitch vaultSwitch;
    private final TokenAccess access;
    private final KnownEpochs known = new KnownEpochs();
    private final VaultLifecycle lifecycle;
    private final BackgroundTasks tasks;
    private final AtomicInteger selfCheckFailures = new AtomicInteger();

    /** Starts the watch; the vault is inactive. */
    TokenVault(VaultEnvironment environment, TokenOpener opener, MemoryExposureCheck exposure) {
        this.environment = environment;
        this.listener = new ClosableListener(environment.listener());
        this.exposure = exposure;
        this.vaultSwitch = new VaultSwitch(environment.settings());
        this.access = new TokenAccess(vaultSwitch);
        this.lifecycle = new VaultLifecycle(environment, listener, opener, vaultSwitch, known);
        this.tasks = new BackgroundTasks(environment.scheduler());
        TokenWatch watch = new TokenWatch(
                vaultSwitch,
                environment.settings().recovery(),
                environment.clock(),
                lifecycle::lose,
                lifecycle::recover);
        tasks.every(environment.settings().recovery().probeInterval(), "watch the token", watch::tick);
        tasks.every(LEASE_SWEEP, "end and renew leases", this::sweepLeases);
    }

    @Override
    public VaultStatus status() {
        return vaultSwitch.status();
    }

    @Override
    public <T> T withMasterSecrets(Epoch epoch, Function<MasterSecrets, T> use) {
        Activation current = vaultSwitch.require();
        if (epoch.state() != EpochState.ACTIVE || known.isRetired(epoch.id())) {
            throw new EpochRetiredException(epoch.id());
        }
        if (current.withoutKeys().contains(epoch.id())) {
            throw new KmsException(
                    KmsErrorCode.HSM_UNAVAILABLE,
                    "the token lacks the keys of epoch " + epoch.id() + ", and none is made anew");
        }
        if (epoch.purpose() == EpochPurpose.PRODUCTION) {
            lifecycle.requireUnexposed();
        }
        try {
            return current.leases().use(epoch, use);
        } catch (TokenException e) {
            throw VaultErrors.of(e);
        } catch (MastersRefusedException e) {
            listener.mastersRefused(epoch.id(), e.getMessage());
            throw VaultErrors.of(e);
        }
    }

    @Override
    public void activate(char[] pin, Collection<Epoch> epochs) {
        try {
            lifecycle.activate(pin, epochs, findings());
            selfCheckFailures.set(0);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** What could leak secrets of this process, the PIN of its token included. */
    private List<String> findings() {
        return Stream.concat(exposure.findings().stream(), environment.pins().findings().stream())
                .toList();
    }

    @Override
    public void knownEpochs(Collection<Epoch> committed) {
        known.replace(committed);
        lifecycle.describeEpochs();
    }

    @Override
    public void deactivate(String reason) {
        lifecycle.deactivate("Deactivated: " + reason);
    }

    @Override
    public Epoch createEpoch(EpochPlan plan) {
        return lifecycle.administer(current -> {
            requireUnexposedFor(plan);
            return new TokenCeremony(current.token(), current.loader()).create(plan);
        });
    }

    @Override
    public Epoch importEpoch(EpochPlan plan, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        return lifecycle.administer(current -> {
            requireUnexposedFor(plan);
            return new TokenCeremony(current.token(), current.loader()).importMasters(plan, ksak, zT);
        });
    }

    private void requireUnexposedFor(EpochPlan plan) {
        if (plan.purpose() == EpochPurpose.PRODUCTION) {
            lifecycle.requireUnexposed();
        }
    }

    @Override
    public void createStoreKeys() {
        lifecycle.administer(current -> {
            new TokenCeremony(current.token(), current.loader()).createStoreKeys(!known.isEmpty());
            return current;
        });
    }

    @Override
    public List<String> completeKeys(Collection<String> inUse, Collection<String> usedUp) {
        List<String> made = new ArrayList<>();
        lifecycle.administer(current -> {
            made.addAll(new TokenCeremony(current.token(), current.loader()).completeKeys(inUse, usedUp));
            return current;
        });
        return made;
    }

    @Override
    public void retire(EpochId epoch) {
        known.retire(epoch);
        lifecycle.describeEpochs();
        lifecycle.administer(current -> {
            current.leases().end(epoch);
            new TokenCeremony(current.token(), current.loader()).destroy(epoch);
            return current;
        });
    }

    @Override
    public int countSelfCheckFailure() {
        int failures = selfCheckFailures.incrementAndGet();
        if (failures == TOLERATED_SELF_CHECK_FAILURES + 1) {
            String reason = "Deactivated by the self-check: " + failures
                    + " key sets were wrong. Find the cause before activating it again.";
            lifecycle.deactivate(reason);
            listener.vaultDeactivated(reason);
        }
        return failures;
    }

    @Override
    public Octets rowMac(Octets message) {
        return access.call(
                token -> Octets.copyOf(token.mac(KeyLabels.ROW, MacAlgorithm.HMAC_SHA_256, message.toByteArray())));
    }

    @Override
    public boolean rowMacMatches(Octets message, Octets mac) {
        return MessageDigest.isEqual(rowMac(message).toByteArray(), mac.toByteArray());
    }

    @Override
    public byte[] random(int octets) {
        return access.call(token -> token.random(octets));
    }

    @Override
    public Octets signAuditCheckpoint(Octets message) {
        return access.call(token -> Octets.copyOf(token.sign(KeyLabels.AUDIT, message.toByteArray())));
    }

    @Override
    public byte[] auditCertificateDer() {
        return access.call(token -> token.certificate(KeyLabels.AUDIT));
    }

    @Override
    public Octets signBundle(Octets message) {
        return access.call(token -> Octets.copyOf(token.sign(KeyLabels.BUNDLE, message.toByteArray())));
    }

    @Override
    public byte[] bundleCertificateDer() {
        return access.call(token -> token.certificate(KeyLabels.BUNDLE));
    }

    @Override
    public Octets signCertificate(Octets message) {
        return access.call(token -> Octets.copyOf(token.sign(KeyLabels.CERTIFICATE, message.toByteArray())));
    }

    @Override
    public byte[] certificateSignerDer() {
        return access.call(token -> token.certificate(KeyLabels.CERTIFICATE));
    }

    @Override
    public String currentLabel() {
        return access.newest(StoreRow.CLIENT);
    }

    @Override
    public SealedClientKeys seal(String label, byte[] clear, byte[] aad) {
        return access.call(token -> {
            SealedOctets sealed = token.seal(label, clear, aad);
            return new SealedClientKeys(sealed.iv(), sealed.ciphertext());
        });
    }

    @Override
    public Optional<byte[]> open(String label, SealedClientKeys sealed, byte[] aad) {
        return access.open(label, new SealedOctets(sealed.iv(), sealed.ciphertext()), aad);
    }

    /** What wraps data keys on this vault's token; {@code counts} says how often each key did. */
    public DataKeyWrapping dataKeyWrapping(SealCounts counts) {
        return new SessionStore(access, vaultSwitch, lifecycle, counts);
    }

    private void sweepLeases() {
        vaultSwitch.current().ifPresent(current -> current.leases()
                .sweep((epoch, refusal) -> listener.mastersRefused(epoch, refusal.getMessage())));
    }

    /** Ends the watch and wipes all masters once their last user has returned them. No event is told afterwards. */
    @Override
    public void close() {
        tasks.end();
        lifecycle.close();
        tasks.await(environment.settings().timeout().multipliedBy(2));
        listener.close();
    }
}
