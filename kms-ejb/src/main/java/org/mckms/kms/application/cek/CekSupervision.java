package org.mckms.kms.application.cek;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.kms.application.OperatorInput;
import org.mckms.kms.application.OperatorRefusals;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.row.MacProtected;
import org.mckms.protocol.error.KmsException;

/** What operators see and do of content encryption keys. Roles: any to read, officer or operator to end. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class CekSupervision {

    /** Largest page. */
    public static final int MAX_PAGE = 500;

    @Inject
    CekRegister register;

    @Inject
    CekRepository rows;

    @Inject
    CekEndings endings;

    @Inject
    IdentityRegister identities;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    /**
     * In order of Key ID; ended keys are among them while they are remembered. Altered rows are shown, and say so; those
     * that cannot be read at all are left out.
     *
     * @param after behind this Key ID
     * @param size  1 to 500
     * @throws KmsException {@code MALFORMED_REQUEST}, {@code NOT_READY}
     */
    public List<CekView> page(
            OperatorIdentity caller, Optional<String> user, Optional<String> server, Optional<Octets> after, int size) {
        caller.mustBeOneOf(OperatorRole.values());
        OperatorInput.checkPage(size, MAX_PAGE);
        return transactions.inNew(() -> register.page(new CekRepository.Page(user, server, after, size)).stream()
                .flatMap(row -> row.content().stream())
                .map(this::view)
                .toList());
    }

    private CekView view(MacProtected<StoredCek> row) {
        CekRecord cek = row.row().cek();
        return new CekView(
                cek.id(),
                cek.scope().userUri(),
                cek.scope().serverUri(),
                cek.scope().session(),
                cek.state(),
                cek.revision(),
                cek.acknowledged(),
                cek.createdAt(),
                cek.validTo(),
                cek.endedAt(),
                cek.ending(),
                register.isIntact(row));
    }

    /**
     * Ends all keys of a user; its server and its listening clients are told. The user may have new ones.
     *
     * @return how many ended
     */
    public int endAll(OperatorIdentity caller, String userUri) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        return recorded.inNewTogether(trail -> {
            identities.lockToHeal(userUri);
            return endings.endAllOf(userUri, CekEnding.OPERATOR, CekAuthor.of(caller), trail);
        });
    }

    /** How many keys there are of each state. */
    public Map<CekState, Long> counts(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return transactions.inNew(rows::counts);
    }
}
