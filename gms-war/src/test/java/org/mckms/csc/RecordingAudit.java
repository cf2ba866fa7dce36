package org.mckms.csc;

import java.util.ArrayList;
import java.util.List;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.protocol.error.KmsException;

/** Remembers what would have been written down, or fails if told to. */
public final class RecordingAudit extends RefusalAudit {

    public final List<String> refused = new ArrayList<>();
    public final List<AuthenticatedIdentity> refusedCallers = new ArrayList<>();
    public final List<String> reasons = new ArrayList<>();
    public final List<String> unauthenticated = new ArrayList<>();
    public boolean broken;

    @Override
    public void refused(AuthenticatedIdentity caller, String resource, KmsException refusal) {
        failIfBroken();
        refusedCallers.add(caller);
        reasons.add(refusal.getMessage());
        refused.add(caller.primaryUri() + " " + resource + " " + refusal.code());
    }

    @Override
    public void refusedToken(AuthenticatedIdentity holder, String resource, KmsException refusal) {
        refused(holder, resource, refusal);
    }

    @Override
    public void unauthenticated(String source, String reason) {
        failIfBroken();
        unauthenticated.add(source + " " + reason);
    }

    private void failIfBroken() {
        if (broken) {
            throw new IllegalStateException("no audit, on purpose");
        }
    }
}
