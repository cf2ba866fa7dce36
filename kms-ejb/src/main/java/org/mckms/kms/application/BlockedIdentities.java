package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Set;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.platform.SystemUse;
import org.mckms.platform.persistence.Transactions;

/** Which of those who are connected an operator has blocked meanwhile. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class BlockedIdentities {

    @Inject
    IdentityRegister identities;

    @Inject
    Transactions transactions;

    /** Those of some identities that are blocked, with one query; read without any check, since it only takes away. */
    @SystemUse("asked by the server's own clock for all who are connected, and when one of them connects")
    public Set<String> among(Collection<String> uris) {
        return transactions.inNew(() -> identities.blockedAmong(uris));
    }
}
