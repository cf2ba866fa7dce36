package org.mckms.platform.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The probes as WildFly's health subsystem collects them; a reason stands in the field {@code reason}. */
@ApplicationScoped
public class Probes {

    @Inject
    ServerReadiness readiness;

    /** The process serves; nothing that a restart would not mend is looked at. */
    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("server");
    }

    /** The settings were accepted, or there would be no deployment. */
    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck started() {
        return () -> HealthCheckResponse.up("settings");
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck hsm() {
        return () -> response("hsm", readiness.hsm());
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck database() {
        return () -> response("database", readiness.database());
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck epoch() {
        return () -> response("epoch", readiness.epoch());
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck audit() {
        return () -> response("audit", readiness.audit());
    }

    private static HealthCheckResponse response(String name, Finding finding) {
        return HealthCheckResponse.named(name)
                .status(finding.up())
                .withData("reason", finding.sentence())
                .build();
    }
}
