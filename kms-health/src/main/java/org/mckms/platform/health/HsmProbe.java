package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the token can be used, as the vault last saw it. */
@Readiness
@ApplicationScoped
public class HsmProbe implements HealthCheck {

    @Inject
    ReadinessBoard board;

    @Override
    public HealthCheckResponse call() {
        return board.hsm().response("hsm");
    }
}
