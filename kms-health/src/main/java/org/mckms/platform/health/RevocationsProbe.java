package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether it is known which access tokens are revoked; without that none is accepted. */
@Readiness
@ApplicationScoped
public class RevocationsProbe implements HealthCheck {

    @Inject
    ReadinessBoard board;

    @Override
    public HealthCheckResponse call() {
        return board.revocations().response("revocations");
    }
}
