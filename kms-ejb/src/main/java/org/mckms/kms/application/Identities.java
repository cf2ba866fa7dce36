package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.OperatorIdentity;

/** What operators do to identities. Roles: any to read, officer or operator to change, officer for the issue counter. */
@Stateless
public class Identities {

    /** In order of URI, those after {@code after}, at most {@code limit} (1 to 500). */
    public List<IdentityView> list(OperatorIdentity caller, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    /** NOT_FOUND if the URI was never seen. */
    public IdentityView show(OperatorIdentity caller, String uri) {
        throw new UnsupportedOperationException();
    }

    /** Works for a URI never seen, too. */
    public IdentityView block(OperatorIdentity caller, String uri, String reason) {
        throw new UnsupportedOperationException();
    }

    public IdentityView unblock(OperatorIdentity caller, String uri) {
        throw new UnsupportedOperationException();
    }

    public IdentityView setPolicy(OperatorIdentity caller, String uri, ClientPolicy policy) {
        throw new UnsupportedOperationException();
    }

    /** Two officers: the first call requests, the same call by another officer advances the counter. */
    public IssueAdvance advanceIssue(OperatorIdentity caller, String uri, String reason) {
        throw new UnsupportedOperationException();
    }
}
