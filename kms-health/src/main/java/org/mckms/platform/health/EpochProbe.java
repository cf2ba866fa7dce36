package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether an epoch is valid now. */
@Readiness
@ApplicationScoped
public class EpochProbe implements HealthCheck {

    @Inject
    ReadinessBoard board;

    @Override
    public HealthCheckResponse call() {
        return board.epoch().response("epoch");
    }
}
