package org.mckms.csc.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.mckms.csc.Admission;
import org.mckms.csc.CscAnswers;
import org.mckms.csc.CscFace;
import org.mckms.csc.ProtectedResources;
import org.mckms.csc.Refusals;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.protocol.error.KmsException;

/** Content encryption keys are opened by the scopes of key management; only the methods differ from those of annex D. */
@ApplicationScoped
public class CekProtection implements ProtectedResources {

    static final CscFace FACE = new CscFace(CekPath.ROOT, CekProtection::methodOf);

    @Inject
    KmsSettings settings;

    @Inject
    RefusalAudit audit;

    @Inject
    Clock clock;

    private static String methodOf(String rawPath) {
        try {
            return CekPath.parse(rawPath).method();
        } catch (KmsException e) {
            return "POST";
        }
    }

    @Override
    public boolean areServed() {
        return settings.cek().isPresent();
    }

    @Override
    public String purpose() {
        return Admission.KEY_MANAGEMENT;
    }

    @Override
    public boolean cover(String rawPath) {
        return CekPath.covers(rawPath);
    }

    @Override
    public ScopeSettings scopes() {
        return settings.scopes();
    }

    @Override
    public Refusals refusals() {
        return new CscAnswers(FACE, settings.site(), audit, clock);
    }
}
