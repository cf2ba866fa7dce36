package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answered when it was last asked. */
@Readiness
@ApplicationScoped
public class DatabaseProbe implements HealthCheck {

    @Inject
    ReadinessBoard board;

    @Override
    public HealthCheckResponse call() {
        return board.database().response("database");
    }
}
