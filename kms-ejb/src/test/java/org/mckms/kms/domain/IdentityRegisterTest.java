package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class IdentityRegisterTest {

    private static final String ALICE = "sip:alice@example.org";

    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    private final RecordedAudit audit = new RecordedAudit();
    private final LateRows rows = new LateRows();
    private final IdentityRegister register = new IdentityRegister(
            rows,
            new AlwaysIssued(),
            new RowGuard(vault, "kms.example.org", new TamperEvents(audit)),
            new RevisionMarks(10));

    @AfterEach
    void close() {
        vault.close();
    }

    /** Two first requests of one identity: the other one's row is seen only at the second look. */
    @Test
    void aRowThatAnotherRequestHasJustAddedIsNoTampering() {
        RegisteredIdentity alice =
                RegisteredIdentity.fresh(ALICE, ClientKind.MC_CLIENT, Instant.EPOCH, Optional.empty());
        register.add(alice);

        assertThat(register.lock(ALICE)).contains(alice);
        assertThat(register.find(ALICE)).contains(alice);
        assertThat(audit.notes()).isEmpty();
    }

    @Test
    void aRowThatIsGoneAlthoughKeysWereIssuedIsTampering() {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> register.lock(ALICE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.INTERNAL));
        assertThat(audit.last().event()).isEqualTo(AuditEvent.ROW_TAMPERED);
    }

    private static final class LateRows implements IdentityRepository {

        private Optional<StoredRow<RegisteredIdentity>> committed = Optional.empty();
        private boolean lookedAt;

        @Override
        public Optional<StoredRow<RegisteredIdentity>> find(String uri) {
            lookedAt = true;
            return Optional.empty();
        }

        /** The first look finds nothing. */
        @Override
        public Optional<StoredRow<RegisteredIdentity>> lock(String uri) {
            Optional<StoredRow<RegisteredIdentity>> found = lookedAt ? committed : Optional.empty();
            lookedAt = !lookedAt;
            return found;
        }

        @Override
        public void insert(MacProtected<RegisteredIdentity> identity) {
            committed = Optional.of(new StoredRow<>(identity.row().uri(), Optional.of(identity)));
        }

        @Override
        public Set<String> blockedAmong(Collection<String> uris) {
            return Set.of();
        }

        @Override
        public void update(MacProtected<RegisteredIdentity> identity) {
            insert(identity);
        }

        @Override
        public List<StoredRow<RegisteredIdentity>> page(Optional<String> after, int limit) {
            return committed.stream().toList();
        }
    }

    private static final class AlwaysIssued implements IssuanceRecords {

        @Override
        public boolean note(Issuance issuance, Instant now) {
            return false;
        }

        @Override
        public boolean existFor(String uri) {
            return true;
        }
    }
}
