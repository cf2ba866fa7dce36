package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether the server core has started; with faulty settings there is no deployment. */
@Startup
@ApplicationScoped
public class StartProbe implements HealthCheck {

    @Inject
    ReadinessBoard board;

    @Override
    public HealthCheckResponse call() {
        return board.started().response("settings");
    }
}
