package org.mckms.csc.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mckms.csc.ProtectedResources;
import org.mckms.csc.Refusals;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.ScopeSettings;

/** Has the filter ask for group management scopes where group management begins. */
@ApplicationScoped
public class GroupProtection implements ProtectedResources {

    /** What the scopes are for. */
    static final String PURPOSE = "group management";

    @Inject
    KmsSettings settings;

    @Inject
    RefusalAudit audit;

    @Override
    public boolean areServed() {
        return settings.gms().isPresent();
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public boolean cover(String rawPath) {
        return GroupPath.covers(rawPath);
    }

    @Override
    public ScopeSettings scopes() {
        return settings.gms().map(GmsSettings::scopes).orElseThrow();
    }

    @Override
    public Refusals refusals() {
        return new GroupAnswers(audit);
    }
}
