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
    ServerReadiness readiness;

    @Override
    public HealthCheckResponse call() {
        return readiness.database().response("database");
    }
}
