package org.mckms.gms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.mckms.gms.domain.KeyNotice;
import org.mckms.gms.domain.KeyNotices;
import org.mckms.platform.SystemUse;
import org.mckms.platform.persistence.Transactions;

/** What connected members are told of; they fetch it themselves. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeyNews {

    @Inject
    KeyNotices notices;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /** What is ready for some members, who have proved who they are when they connected. */
    @SystemUse("asked by the server's own clock for all who are connected")
    public List<KeyNotice> pendingOf(Collection<String> memberUris) {
        return transactions.inNew(() -> notices.pendingOf(memberUris, clock.instant()));
    }
}
